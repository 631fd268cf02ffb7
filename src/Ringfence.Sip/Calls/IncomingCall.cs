using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A call that an INVITE began: progress it, answer it, refuse it or redirect it (RFC 3261 §13.3).</summary>
public sealed class IncomingCall : Call, IServerUser
{
    private readonly ProgressReminder _reminder;
    private ServerTransaction? _invite;
    private readonly bool _isMerged;
    private HeaderField[] _byeHeaders = [];
    private bool _isChecked;

    internal IncomingCall(CallLayer layer, SipRequest request, in Peer from, bool isMerged)
        : base(layer)
    {
        _isMerged = isMerged;
        Request = request;
        From = from;
        _reminder = new ProgressReminder(this);
    }

    /// <summary>Who hears of the call; set it before <see cref="ICallHandler.OnInvite"/> returns.</summary>
    public IIncomingCallListener? Listener { get; set; }

    /// <summary>The INVITE.</summary>
    public SipRequest Request { get; }

    /// <summary>Where the INVITE came from.</summary>
    public Peer From { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId
    {
        get
        {
            HeaderRef header = Request.Headers[Request.IndexOf(HeaderId.CallId, 0)];
            return Request.Memory.Slice(header.ValueStart, header.ValueLength);
        }
    }

    private protected override ICallListener? AnyListener => Listener;

    /// <summary>
    /// Sends a provisional response of 101 to 199, which makes an early dialog. It is repeated every minute until the final
    /// response (RFC 3261 §13.3.1.1). False when the call is no longer open, or asks for what is not understood here and has
    /// therefore been refused: 482, 420, 415 (§8.2.2).
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
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 101);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 199);
        if (!IsServable() || !TryMove(CallEvent.Progressed))
        {
            return false;
        }

        Respond(statusCode, reasonPhrase, body, headers);
        _reminder.Arm(Layer.Transactions.Lane);
        return true;
    }

    /// <summary>Sends 200 OK and repeats it until the ACK comes (RFC 3261 §13.3.1.4). False as with <see cref="Progress"/>.</summary>
    public bool Answer(in Body body, params ReadOnlySpan<HeaderField> headers)
    {
        if (!IsServable() || !TryMove(CallEvent.Answered))
        {
            return false;
        }

        Respond(200, default, body, headers);
        Dialog!.Confirm(null);
        Unacknowledged = new UnacknowledgedAnswer(_invite!, this);
        return true;
    }

    /// <summary>Sends a final response of 400 to 699; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">400 to 699.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="headers">Further header lines, such as Reason or Call-Info.</param>
    public bool Refuse(int statusCode, ReadOnlySpan<byte> reasonPhrase, params ReadOnlySpan<HeaderField> headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 699);
        return Finish(statusCode, reasonPhrase, default, headers, CallEnd.Refused, null);
    }

    /// <summary>Sends a final response of 300 to 399; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">300 to 399, mostly 302.</param>
    /// <param name="contacts">The Contact value: one or more name-addrs, separated by commas.</param>
    /// <param name="headers">Further header lines.</param>
    public bool Redirect(int statusCode, ReadOnlySpan<byte> contacts, params ReadOnlySpan<HeaderField> headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 399);
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

        if (mustWait)
        {
            // Not before the ACK (§15): until then the 2xx goes on.
            _byeHeaders = headers.ToArray();
            return true;
        }

        SendBye(Dialog!, headers);
        Tell(CallEnd.ByeSent, null);
        return true;
    }

    void IServerUser.OnAck(ServerTransaction transaction, SipRequest ack) => TakeAck(ack);

    void IServerUser.OnCancel(ServerTransaction transaction, SipRequest cancel) =>
        Finish(487, default, default, default, CallEnd.Cancelled, cancel);

    void IServerUser.OnTerminated(ServerTransaction transaction) => _invite = null;

    internal void Begin(ServerTransaction invite) => _invite = invite;

    internal void Remind() => _invite?.SendLastAgain();

    /// <summary>Lets somebody else answer the INVITE; null when it is no longer open, or has been progressed here.</summary>
    internal ServerTransaction? HandOver(IServerUser user)
    {
        if (_invite is not { } invite || State != CallState.Inviting || !TryMove(CallEvent.Refused))
        {
            return null;
        }

        _invite = null;
        invite.User = user;
        Layer.OnCallOver();
        return invite;
    }

    private protected override void OnAcknowledged(SipRequest ack)
    {
        if (State == CallState.Ending)
        {
            SendBye(Dialog!, _byeHeaders);
            Tell(CallEnd.ByeSent, null);
        }
        else if (TryMove(CallEvent.Acknowledged))
        {
            Listener?.OnAcknowledged(this, ack);
        }
    }

    private protected override void OnByeBeforeAnswer()
    {
        _reminder.Disarm(Layer.Transactions.Lane);
        _invite?.Send(487);
        Release();
    }

    /// <summary>What matters only once the call is served here and not by somebody further on (§8.2.2, §8.2.3).</summary>
    private bool IsServable()
    {
        if (_invite is null || _isChecked)
        {
            return _invite is not null;
        }

        _isChecked = true;
        int statusCode = Layer.Checks.CheckAsServer(Request, _isMerged);
        return statusCode == 0 || !Finish(statusCode, default, default, default, CallEnd.Refused, null);
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
        if (_invite is not { } invite || !TryMove(CallEvent.Refused))
        {
            return false;
        }

        _reminder.Disarm(Layer.Transactions.Lane);
        SipWriter writer = invite.StartReply(statusCode, reasonPhrase);
        if (!contacts.IsEmpty)
        {
            writer.Header(HeaderId.Contact, contacts);
        }

        if (headers.IsEmpty)
        {
            Layer.Checks.WriteReasons(writer, Request, statusCode);
        }

        Layer.WriteReplyHeaders(writer, false, invite.Peer, headers);
        invite.SendReply(statusCode, writer.Finish());
        if (Dialog is { } dialog)
        {
            Layer.Dialogs.Remove(dialog);
        }

        Release();
        Tell(end, message);
        return true;
    }

    /// <summary>A response that makes or confirms the dialog (§12.1.1).</summary>
    private void Respond(int statusCode, ReadOnlySpan<byte> reasonPhrase, in Body body, ReadOnlySpan<HeaderField> headers)
    {
        ServerTransaction invite = _invite!;
        if (Dialog is null)
        {
            Dialog = Dialog.OfCalled(Request, invite.LocalTag, From);
            Dialog.User = this;
            Layer.Dialogs.Add(Dialog);
        }

        _reminder.Disarm(Layer.Transactions.Lane);
        SipWriter writer = invite.StartReply(statusCode, reasonPhrase);
        writer.CopyAll(Request, HeaderId.RecordRoute);
        Layer.WriteReplyHeaders(writer, true, invite.Peer, headers);
        invite.SendReply(statusCode, writer.Finish(body.ContentType.Span, body.Content.Span));
    }

    /// <summary>The transaction lingers; the call need not.</summary>
    private void Release()
    {
        _invite!.User = SilentUser.Instance;
        _invite = null;
    }
}
