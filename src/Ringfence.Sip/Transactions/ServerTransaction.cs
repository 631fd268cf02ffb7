using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>A request that came and its responses (RFC 3261 §17.2).</summary>
internal sealed class ServerTransaction : Transaction
{
    /// <summary>Milliseconds after which 100 Trying is sent if nothing else has been (§17.2.1).</summary>
    private const int TryingDelay = 200;

    internal ChainLink<ServerTransaction> KeyLink;
    internal ChainLink<ServerTransaction> MergeLink;
    private readonly Token _localTag;
    private bool _cancelled;
    private bool _isReopened;

    internal ServerTransaction(TransactionLayer layer, in Peer from, SipRequest request, in Via via, IServerUser user)
        : base(
            layer,
            ReplyRoute.For(from, request),
            request.Method,
            request.Method == SipMethod.Invite ? TransactionState.Proceeding : TransactionState.Trying
        )
    {
        Request = request;
        From = from;
        User = user;
        _localTag = Token.Tag(layer.Lane.Random);
        Id = new ViaId(request, via);
    }

    internal SipRequest Request { get; }

    /// <summary>Where the request came from; <see cref="Transaction.Peer"/> is where the responses go.</summary>
    internal Peer From { get; }

    internal ViaId Id { get; }

    /// <summary>Who answers; may be handed on.</summary>
    internal IServerUser User { get; set; }

    /// <summary>The To tag of responses made here, unless the request has one already.</summary>
    internal ReadOnlySpan<byte> LocalTag => _localTag.Span;

    internal int LastStatus { get; private set; }

    internal bool IsFinal => LastStatus >= 200;

    private protected override int Linger =>
        State switch
        {
            TransactionState.Accepted => Timers.Timeout,
            _ when Peer.IsReliable => 0,
            TransactionState.Confirmed => Timers.T4,
            _ => Timers.Timeout,
        };

    /// <summary>Begins a response: status line, Via, From, To with tag, Call-ID, CSeq.</summary>
    internal SipWriter StartReply(int statusCode, ReadOnlySpan<byte> reasonPhrase = default)
    {
        Reply.Start(Layer.Writer, Request, From, statusCode, reasonPhrase, LocalTag);
        return Layer.Writer;
    }

    /// <summary>Sends a response without more headers than it must have.</summary>
    internal void Send(int statusCode, ReadOnlySpan<byte> reasonPhrase = default) =>
        SendReply(statusCode, StartReply(statusCode, reasonPhrase).Finish());

    /// <summary>Sends a finished response; what the state no longer allows is dropped.</summary>
    internal void SendReply(int statusCode, ReadOnlySpan<byte> message)
    {
        if (statusCode < 200 ? IsFinal : IsFinal && State != TransactionState.Accepted)
        {
            return;
        }

        LastStatus = statusCode;
        if (statusCode < 200)
        {
            Layer.Lane.Timers.Disarm(this);
        }

        Step(
            statusCode < 200 ? TransactionEvent.Provisional
                : statusCode < 300 ? TransactionEvent.Success
                : TransactionEvent.Failure,
            message
        );
    }

    /// <summary>
    /// Sends the last response again for a user agent: a 2xx whose ACK has not come (§13.3.1.4), a provisional response that
    /// keeps proxies from giving up (§13.3.1.1).
    /// </summary>
    internal void SendLastAgain()
    {
        if (!Last.IsEmpty)
        {
            Layer.Wire.Send(Peer, Last);
        }
    }

    /// <summary>The same for a response whose acknowledgement has not come: a retransmission.</summary>
    internal void Retransmit()
    {
        Layer.Retransmitted(true);
        SendLastAgain();
    }

    /// <summary>The ACK for the 2xx has come: its bytes are not needed any more.</summary>
    internal void DropSuccess()
    {
        if (State == TransactionState.Accepted)
        {
            Drop();
        }
    }

    internal void Begin(bool tryingAtOnce)
    {
        if (IsInvite && tryingAtOnce)
        {
            Send(100);
        }
        else
        {
            // A non-INVITE request gets its 100 when the client's timer E has reached T2, not sooner (RFC 4320 §4.1).
            ArmTrying(IsInvite ? TryingDelay : Timers.T2 - Timers.T1);
        }
    }

    internal void OnRequestAgain()
    {
        Layer.Repeated();
        Step(TransactionEvent.Request);
    }

    internal void OnAck(SipRequest ack)
    {
        bool completes = State == TransactionState.Completed;
        Step(TransactionEvent.Ack, received: ack);
        if (completes)
        {
            Drop();
        }
    }

    internal void OnCancel(SipRequest cancel)
    {
        if (IsInvite && !IsFinal && !_cancelled)
        {
            _cancelled = true;
            User.OnCancel(this, cancel);
        }
    }

    private protected override Transition Cell(TransactionEvent happened) =>
        IsInvite ? InviteServerMachine.Next(State, happened) : NonInviteServerMachine.Next(State, happened);

    private protected override int NextInterval(int interval) => Math.Min(interval * 2, Timers.T2);

    /// <summary>The connection that the request came by is gone: another is opened to the address in its Via, once (§18.2.2).</summary>
    private protected override void OnSendFailed()
    {
        Peer reopened = ReplyRoute.Reopened(From, Request);
        if (_isReopened || !ReplyRoute.CanReopen(Peer) || reopened == Peer)
        {
            base.OnSendFailed();
            return;
        }

        _isReopened = true;
        Peer = reopened;
        Transmit();
    }

    private protected override void SendTrying() => Send(100);

    private protected override void Deliver(SipMessage message) => User.OnAck(this, (SipRequest)message);

    private protected override void ReportTimeout() { }

    private protected override void ReportError() => User.OnTransportError(this);

    private protected override void ReportTerminated() => User.OnTerminated(this);

    private protected override void Acknowledge(SipMessage response) { }

    private protected override void Forget() => Layer.Table.Remove(this);
}
