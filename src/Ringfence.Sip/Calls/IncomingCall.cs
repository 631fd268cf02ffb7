using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A call that an INVITE began: progress it, answer it, refuse it or redirect it (RFC 3261 §13.3).</summary>
public sealed partial class IncomingCall : Call, IServerUser, IReliableUser
{
    private readonly DecisionLimit _decision;
    private InviteResponder? _responder;
    private HeaderField[] _byeHeaders = [];

    internal IncomingCall(CallLayer layer, SipRequest request, in Peer from)
        : base(layer)
    {
        Request = request;
        _decision = new DecisionLimit(this);
        From = from;
        KeepFlow = from.IsWebSocket;
        HeaderRef callId = request.Headers[request.IndexOf(HeaderId.CallId, 0)];
        CallId = request.Memory.Slice(callId.ValueStart, callId.ValueLength);
    }

    /// <summary>Who hears of the call; set it before <see cref="ICallHandler.OnInvite"/> returns.</summary>
    public IIncomingCallListener? Listener { get; set; }

    /// <summary>The INVITE.</summary>
    public SipRequest Request { get; }

    /// <summary>Where the INVITE came from.</summary>
    public Peer From { get; }

    /// <summary>
    /// True when the caller can only be reached the way that its INVITE came, from behind a NAT or by its own connection: requests of this
    /// side within the call then go there whatever its Contact says (RFC 5626 §5.3). Set it before the first <see cref="Progress"/>. Of a
    /// browser always true.
    /// </summary>
    public bool KeepFlow { get; set; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId { get; }

    private protected override ICallListener? AnyListener => Listener;

    /// <summary>
    /// Checks what only matters to whoever answers the INVITE himself, before anything is done for it: false when it asks for what is not
    /// understood here and has therefore been refused: 482, 420, 421, 415, 422 (§8.2.2). <see cref="Progress"/> and
    /// <see cref="Answer"/> do it too.
    /// </summary>
    public bool Serve() => IsServable();

    /// <summary>
    /// Sends a provisional response of 101 to 199, which makes an early dialog. It is repeated every minute until the final
    /// response (RFC 3261 §13.3.1.1). False when the call is no longer open, or asks for what is not understood here and has
    /// therefore been refused: 482, 420, 421, 415 (§8.2.2). Reliable ones go out one after another, each after the PRACK for the
    /// one before (RFC 3262); false also when eight wait.
    /// </summary>
    /// <param name="statusCode">101 to 199.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="body">SDP for early media, or nothing.</param>
    /// <param name="headers">Further header lines, such as P-Early-Media.</param>
    public bool Progress(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        params ReadOnlySpan<HeaderField> headers
    )
    {
        StatusRange.Check(statusCode, 101, 199);
        if (!IsServable() || !TryMove(CallEvent.Progressed))
        {
            return false;
        }

        MakeDialog();
        return _responder!.TryProgress(statusCode, reasonPhrase, body, headers);
    }

    /// <summary>
    /// Sends 200 OK and repeats it until the ACK comes (RFC 3261 §13.3.1.4); first it waits for the PRACK of a reliable
    /// response with SDP (RFC 3262 §3). False as with <see cref="Progress"/>.
    /// </summary>
    public bool Answer(in Body body, params ReadOnlySpan<HeaderField> headers)
    {
        if (!IsServable() || State > CallState.Progressing)
        {
            return false;
        }

        MakeDialog();
        if (_responder!.TryAnswer(body, headers))
        {
            OnAnswerSent();
        }

        return true;
    }

    /// <summary>Sends a final response of 400 to 699; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="headers">Further header lines, such as Reason or Call-Info.</param>
    public bool Refuse(int statusCode, ReadOnlySpan<byte> reasonPhrase, params ReadOnlySpan<HeaderField> headers)
    {
        StatusRange.Check(statusCode, 400, 699);
        return Finish(statusCode, reasonPhrase, default, headers, CallEnd.Refused, null);
    }

    /// <summary>Sends a final response of 300 to 399; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">300 to 399, mostly 302.</param>
    /// <param name="contacts">The Contact value: one or more name-addrs, separated by commas.</param>
    /// <param name="headers">Further header lines.</param>
    public bool Redirect(int statusCode, ReadOnlySpan<byte> contacts, params ReadOnlySpan<HeaderField> headers)
    {
        StatusRange.Check(statusCode, 300, 399);
        return Finish(statusCode, default, contacts, headers, CallEnd.Refused, null);
    }

    /// <inheritdoc/>
    public override bool End(params ReadOnlySpan<HeaderField> headers)
    {
        if (Finish(480, default, default, headers, CallEnd.GivenUp, null))
        {
            return true;
        }

        bool mustWait = State == CallState.Answered;
        if (!TryMove(CallEvent.HungUp))
        {
            return false;
        }

        // Not before the ACK (§15): until then the 2xx goes on.
        _byeHeaders = headers.ToArray();
        if (!mustWait)
        {
            SendBye(Dialog!, headers);
            Tell(CallEnd.ByeSent, null);
        }

        return true;
    }

    void IServerUser.OnAck(ServerTransaction transaction, SipRequest ack) => TakeAck(ack);

    void IServerUser.OnCancel(ServerTransaction transaction, SipRequest cancel) =>
        Finish(487, default, default, default, CallEnd.Cancelled, cancel);

    void IServerUser.OnTerminated(ServerTransaction transaction) => _responder = null;

    void IReliableUser.OnUnreliable() => Finish(504, default, default, default, CallEnd.NotAcknowledged, null);

    internal void Begin(ServerTransaction invite, bool isMerged)
    {
        _responder = new InviteResponder(Layer, invite, this, isMerged);
        _decision.Arm(Layer.Transactions.Lane, Layer.Options.DecisionTimeout);
    }

    internal void OnUndecided() => Finish(480, default, default, default, CallEnd.Undecided, null);

    /// <summary>Lets somebody else answer the INVITE; null when it is no longer open, or has been progressed here.</summary>
    internal ServerTransaction? HandOver(IServerUser user)
    {
        if (_responder is not { } responder || State != CallState.Inviting || !TryMove(CallEvent.Refused))
        {
            return null;
        }

        Release(user);
        Layer.OnCallOver();
        return responder.Invite;
    }

    /// <summary>What matters only once the call is served here and not by somebody further on (§8.2.2, §8.2.3).</summary>
    private bool IsServable() =>
        _responder is { IsHolding: false } responder
        && responder.Check() is var statusCode
        && (statusCode == 0 || !Finish(statusCode, default, default, default, CallEnd.Refused, null));

    private void OnAnswerSent()
    {
        TryMove(CallEvent.Answered);
        Dialog!.Confirm(null);
        Unacknowledged = new UnacknowledgedAnswer(_responder!.Invite, this);
    }

    private bool Finish(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        ReadOnlySpan<byte> contacts,
        ReadOnlySpan<HeaderField> headers,
        CallEnd end,
        SipMessage? message
    )
    {
        if (_responder is not { } responder || !TryMove(CallEvent.Refused))
        {
            return false;
        }

        responder.Refuse(statusCode, reasonPhrase, contacts, headers);
        if (Dialog is { } dialog)
        {
            Layer.Dialogs.Remove(dialog);
        }

        Release(SilentUser.Instance);
        Tell(end, message);
        return true;
    }

    private void MakeDialog()
    {
        _decision.Disarm(Layer.Transactions.Lane);
        if (Dialog is null)
        {
            Dialog = Dialog.OfCalled(Request, _responder!.Invite.LocalTag, From);
            Dialog.User = this;
            Dialog.KeepsFlow = KeepFlow;
            Layer.Dialogs.Add(Dialog);
        }
    }

    /// <summary>The transaction lingers; the call need not.</summary>
    private void Release(IServerUser user)
    {
        _decision.Disarm(Layer.Transactions.Lane);
        _responder!.Invite.User = user;
        _responder = null;
    }
}
