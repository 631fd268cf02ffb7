using Ringfence.Sip.Auth;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// One call as one of its two ends sees it. Everything happens on the call's lane: work from elsewhere comes by
/// <see cref="Lanes.Lane.Post"/>. What comes too late because the call has gone on meanwhile returns false and does nothing.
/// </summary>
public abstract partial class Call : IDialogUser, IAnswerUser
{
    private int _openInvites;
    private SessionTimer? _timer;

    private protected Call(CallLayer layer)
    {
        Layer = layer;
        SessionExpires = layer.Options.SessionExpires;
        Reliability = layer.Options.Reliability;
    }

    /// <summary>Where the call stands.</summary>
    public CallState State { get; private set; }

    /// <summary>The Call-ID.</summary>
    public abstract ReadOnlyMemory<byte> CallId { get; }

    /// <summary>The dialog of the answered call; of an incoming one already from its first provisional response on.</summary>
    public Dialog? Dialog { get; private protected set; }

    /// <summary>Whatever the owner wants to keep with the call.</summary>
    public object? Context { get; set; }

    /// <summary>
    /// Header lines that every further message of the call has, such as Session-ID (RFC 7989): requests and responses, ACK and CANCEL
    /// included.
    /// </summary>
    public IReadOnlyList<HeaderField> Standing { get; set; } = [];

    /// <summary>Credentials for requests of this side within the call that are challenged with 401 or 407 (RFC 3261 §22.2).</summary>
    public DigestClient? Credentials { get; set; }

    /// <summary>
    /// The session interval that this side asks for, in seconds (RFC 4028); 0: none, but what the far side asks for is done. From
    /// <see cref="CallOptions.SessionExpires"/>; set it before the call is answered.
    /// </summary>
    public int SessionExpires { get; set; }

    /// <summary>
    /// The methods that this side says it takes within the call, as in Allow; empty for those of <see cref="CallOptions.Allow"/>. Set it
    /// before the first response; of an outgoing call it comes from <see cref="Invitation.Allow"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Allow { get; set; }

    /// <summary>
    /// Reliable provisional responses, and whether 100rel is among what is supported. Of an incoming call set it before the first
    /// provisional response; of an outgoing one it comes from <see cref="Invitation.Reliability"/>.
    /// </summary>
    public Reliability Reliability { get; set; }

    /// <summary>
    /// True when this side understands early sessions (RFC 3959) and says so with the option tag. Set it before the first response; of an
    /// outgoing call it comes from <see cref="Invitation.TakesEarlySession"/>, and whoever sets it answers <see cref="Dialog.EarlyOffer"/>.
    /// </summary>
    public bool TakesEarlySession { get; set; }

    internal CallLayer Layer { get; }

    internal SessionTimer Timer => _timer ??= new SessionTimer(this);

    /// <summary>What this side has last described itself with, for a refresh by re-INVITE.</summary>
    internal Body OwnDescription { get; private set; }

    /// <summary>The 2xx of ours, to the INVITE or a re-INVITE, that waits for its ACK.</summary>
    internal UnacknowledgedAnswer? Unacknowledged { get; set; }

    /// <summary>A re-INVITE of the far side that has not been answered.</summary>
    internal IncomingRequest? OpenReinvite { get; set; }

    /// <summary>A re-INVITE of the far side that was answered 2xx and not yet acknowledged.</summary>
    internal IncomingRequest? AnsweredReinvite { get; set; }

    /// <summary>UPDATEs of the far side that have not been answered.</summary>
    internal int OpenUpdates { get; set; }

    private protected abstract ICallListener? AnyListener { get; }

    private protected bool IsTold { get; private set; }

    /// <summary>
    /// Ends the call in the way of its state: CANCEL before the answer of an outgoing call, 480 for an incoming one, BYE after
    /// the answer (held until the ACK, RFC 3261 §15). False when it is already ending or over.
    /// </summary>
    /// <param name="headers">Further header lines for the response or BYE; a CANCEL takes the Reason among them.</param>
    public abstract bool End(params ReadOnlySpan<HeaderField> headers);

    void IDialogUser.OnRequest(Dialog dialog, in Peer from, SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
        {
            TakeAck(request);
            return;
        }

        if (!dialog.TakeSequence(Sequence.Of(request)))
        {
            // Out of order (§12.2.2).
            Layer.Transactions.Refuse(from, request, 500);
            return;
        }

        dialog.Heard(from);
        if (request.Method == SipMethod.Bye)
        {
            TakeBye(dialog, from, request);
        }
        else if (request.Method == SipMethod.Prack)
        {
            OnPrack(dialog, from, request);
        }
        else if (Refusal(dialog, request, out string text) is > 0 and int statusCode)
        {
            Layer.RefuseOnce(from, request, statusCode, text);
        }
        else
        {
            new IncomingRequest(this, dialog, request, from).Offer(AnyListener);
        }
    }

    void IAnswerUser.OnUnacknowledged()
    {
        Unacknowledged = null;
        if (TryMove(CallEvent.HungUp))
        {
            SendBye(Dialog!, default);
            Tell(CallEnd.NotAcknowledged, null);
        }
        else if (State == CallState.Ending)
        {
            // The BYE was held until the ACK or the end of the transaction (§15).
            SendBye(Dialog!, default);
            Tell(CallEnd.ByeSent, null);
        }
    }

    internal void OnByeCompleted(Dialog dialog)
    {
        Layer.Dialogs.Remove(dialog);
        if (dialog == Dialog)
        {
            TryMove(CallEvent.ByeCompleted);
        }
    }

    internal void Described(in Body body) => OwnDescription = body.Session.IsEmpty ? OwnDescription : body.Session;

    private protected bool TryMove(CallEvent happened)
    {
        if (CallMachine.Next(State, happened) is not { } next)
        {
            return false;
        }

        State = next;
        return true;
    }

    /// <summary>Tells the listener that the call is over, unless it has been told.</summary>
    private protected void Tell(CallEnd end, SipMessage? message)
    {
        if (IsTold)
        {
            return;
        }

        IsTold = true;
        Unacknowledged?.Stop();
        Unacknowledged = null;
        _timer?.Stop();
        Layer.OnCallOver();
        AnyListener?.OnEnded(this, end, message);
    }

    private protected void SendBye(Dialog dialog, ReadOnlySpan<HeaderField> headers) =>
        new OutgoingRequest(this, dialog, SipMethod.Bye, null).Send(Body.None, headers);

    /// <summary>An ACK for the 2xx of the call or of a re-INVITE.</summary>
    private protected abstract void OnAcknowledged(SipRequest ack);

    /// <summary>A PRACK; only the called side of an open INVITE has a use for one.</summary>
    private protected virtual void OnPrack(Dialog dialog, in Peer from, SipRequest prack) =>
        Layer.RefuseOnce(from, prack, 481);

    /// <summary>What is still open when the far side's BYE has been answered.</summary>
    private protected abstract void OnByeBeforeAnswer();

    private protected void TakeAck(SipRequest ack)
    {
        if (Unacknowledged is { } answer && answer.TryAcknowledge(ack))
        {
            Unacknowledged = null;
            Dialog!.Take(false, SessionMessage.Ack, SessionBody.IsIn(ack));
            OnAcknowledged(ack);
            if (AnsweredReinvite is { } reinvite)
            {
                AnsweredReinvite = null;
                AnyListener?.OnReinviteAcknowledged(this, reinvite, ack);
            }
        }
    }

    private void TakeBye(Dialog dialog, in Peer from, SipRequest bye)
    {
        Layer.Transactions.Accept(from, bye, SilentUser.Instance)?.Send(200);
        if (dialog != Dialog)
        {
            Layer.Dialogs.Remove(dialog);
            return;
        }

        bool wasOpen = State < CallState.Answered;
        if (TryMove(CallEvent.ByeReceived))
        {
            OpenReinvite?.Answer(487, default, Body.None);
            if (wasOpen)
            {
                OnByeBeforeAnswer();
            }

            Layer.Dialogs.Remove(dialog);
            Tell(CallEnd.ByeReceived, bye);
        }
    }
}
