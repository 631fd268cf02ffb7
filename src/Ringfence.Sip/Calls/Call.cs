using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// One call as one of its two ends sees it. Everything happens on the call's lane: work from elsewhere comes by
/// <see cref="Lanes.Lane.Post"/>. What comes too late because the call has gone on meanwhile returns false and does nothing.
/// </summary>
public abstract class Call : IDialogUser, IAnswerUser
{
    private int _openInvites;

    private protected Call(CallLayer layer) => Layer = layer;

    /// <summary>Where the call stands.</summary>
    public CallState State { get; private set; }

    /// <summary>The Call-ID.</summary>
    public abstract ReadOnlyMemory<byte> CallId { get; }

    /// <summary>The dialog of the answered call; of an incoming one already from its first provisional response on.</summary>
    public Dialog? Dialog { get; private protected set; }

    /// <summary>Whatever the owner wants to keep with the call.</summary>
    public object? Context { get; set; }

    internal CallLayer Layer { get; }

    /// <summary>The 2xx of ours, to the INVITE or a re-INVITE, that waits for its ACK.</summary>
    internal UnacknowledgedAnswer? Unacknowledged { get; set; }

    /// <summary>A re-INVITE of the far side that has not been answered.</summary>
    internal IncomingRequest? OpenReinvite { get; set; }

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

    /// <summary>Sends a request within the call's own dialog; false when there is none, and else as with a dialog given.</summary>
    public bool Send(
        SipMethod method,
        in Body body,
        IRequestListener? listener,
        params ReadOnlySpan<HeaderField> headers
    ) => Dialog is { } dialog && Send(dialog, method, body, listener, headers);

    /// <summary>
    /// Sends a request within one of the call's dialogs: re-INVITE, UPDATE, INFO and so on. False when the dialog is over, or
    /// another INVITE or offer is still open (RFC 3261 §14.1, RFC 3311 §5.1).
    /// </summary>
    /// <param name="dialog">The call's own, or one of the early ones of an outgoing call.</param>
    /// <param name="method">Any but those that the call sends itself.</param>
    /// <param name="body">What it carries.</param>
    /// <param name="listener">Who hears what became of it.</param>
    /// <param name="headers">Further header lines.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is ACK, BYE, CANCEL, PRACK or not known.</exception>
    public bool Send(
        Dialog dialog,
        SipMethod method,
        in Body body,
        IRequestListener? listener,
        params ReadOnlySpan<HeaderField> headers
    )
    {
        ArgumentNullException.ThrowIfNull(dialog);
        if (method is SipMethod.Ack or SipMethod.Bye or SipMethod.Cancel or SipMethod.Prack or SipMethod.Other)
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "The call itself sends those.");
        }

        bool isInvite = method == SipMethod.Invite;
        bool isOffer = !body.IsEmpty && method is (SipMethod.Invite or SipMethod.Update);
        bool isBlocked =
            (isInvite && (State != CallState.Confirmed || _openInvites > 0 || OpenReinvite is not null))
            || (isOffer && !OfferRules.MayOffer(dialog.Offer));
        if (dialog.State == DialogState.Terminated || State >= CallState.Ending || isBlocked)
        {
            return false;
        }

        dialog.Offer = isOffer ? OfferState.Ours : dialog.Offer;
        _openInvites += isInvite ? 1 : 0;
        new OutgoingRequest(this, dialog, method, listener).Send(body, headers);
        return true;
    }

    void IDialogUser.OnRequest(Dialog dialog, in Peer from, SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
        {
            TakeAck(request);
        }
        else if (!dialog.TakeSequence(Sequence.Of(request)))
        {
            // Out of order (§12.2.2).
            Layer.Transactions.Refuse(from, request, 500);
        }
        else if (request.Method == SipMethod.Bye)
        {
            TakeBye(dialog, from, request);
        }
        else if (request.Method == SipMethod.Prack)
        {
            OnPrack(dialog, from, request);
        }
        else if (Refusal(dialog, request) is > 0 and int statusCode)
        {
            Layer.RefuseOnce(from, request, statusCode);
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

    internal void OnRequestCompleted(SipMethod method) => _openInvites -= method == SipMethod.Invite ? 1 : 0;

    internal void OnRequestAnswered(int statusCode)
    {
        if (statusCode is 408 or 481 && TryMove(CallEvent.HungUp))
        {
            // The far side does not know the dialog any more (§12.2.1.2).
            SendBye(Dialog!, default);
            Tell(CallEnd.Lost, null);
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
            OnAcknowledged(ack);
        }
    }

    /// <summary>What a re-INVITE or UPDATE earns that comes while another, or an offer, is open (§14.2, RFC 3311 §5.2).</summary>
    private int Refusal(Dialog dialog, SipRequest request)
    {
        bool isInvite = request.Method == SipMethod.Invite;
        bool isUpdate = request.Method == SipMethod.Update;
        bool isTheirsOpen = OpenReinvite is not null || Unacknowledged is not null || State < CallState.Answered;
        return isInvite && _openInvites > 0 ? 491
            : isInvite && isTheirsOpen ? 500
            : isUpdate && OpenUpdates > 0 ? 500
            : (isInvite || isUpdate) && !request.Body.IsEmpty ? OfferRules.Refusal(dialog.Offer)
            : 0;
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
