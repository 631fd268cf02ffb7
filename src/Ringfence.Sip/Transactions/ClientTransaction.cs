using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>A request that was sent and its responses (RFC 3261 §17.1).</summary>
internal sealed class ClientTransaction : Transaction
{
    internal ChainLink<ClientTransaction> BranchLink;
    internal ChainLink<ClientTransaction> PeerLink;
    private readonly Token _branch;
    private CancelState _cancel;
    private byte[] _cancelReason = [];

    internal ClientTransaction(TransactionLayer layer, in Peer to, SipMethod method, in Token branch, IClientUser? user)
        : base(layer, to, method, method == SipMethod.Invite ? TransactionState.Calling : TransactionState.Trying)
    {
        _branch = branch;
        User = user;
    }

    private enum CancelState : byte
    {
        None,
        Wanted,
        Sent,
    }

    internal ReadOnlySpan<byte> Branch => _branch.Span;

    /// <summary>Who gets the responses; nobody for a CANCEL.</summary>
    internal IClientUser? User { get; }

    /// <summary>True before any final response.</summary>
    internal bool IsPending =>
        State is TransactionState.Calling or TransactionState.Trying or TransactionState.Proceeding;

    /// <summary>True while a transport error ends it: an INVITE that has been heard of goes on (§17.1.1.2).</summary>
    internal bool CanFail => IsPending && !(IsInvite && State == TransactionState.Proceeding);

    private protected override int Linger =>
        State switch
        {
            TransactionState.Accepted => Timers.Timeout,
            _ when Peer.IsReliable => 0,
            _ => IsInvite ? Timers.D : Timers.T4,
        };

    /// <summary>Sends the request; one that is too long to be sent fails like one that cannot be.</summary>
    internal new void Begin(ReadOnlySpan<byte> request)
    {
        base.Begin(request);
        if (request.IsEmpty)
        {
            FailSoon();
        }
    }

    internal void OnResponse(SipResponse response)
    {
        Step(
            response.StatusCode < 200 ? TransactionEvent.Provisional
                : response.StatusCode < 300 ? TransactionEvent.Success
                : TransactionEvent.Failure,
            received: response
        );
        if (!IsInvite ? !IsPending : State == TransactionState.Accepted)
        {
            Drop();
        }
        else if (_cancel == CancelState.Wanted && State == TransactionState.Proceeding)
        {
            SendCancel();
        }
    }

    /// <summary>
    /// Takes an INVITE back: at once when a provisional response has come, else when it comes (§9.1). False once there is a
    /// final response, or when it has been taken back already.
    /// </summary>
    internal bool Cancel(ReadOnlySpan<byte> reason)
    {
        if (!IsInvite || !IsPending || _cancel != CancelState.None)
        {
            return false;
        }

        _cancel = CancelState.Wanted;
        _cancelReason = reason.ToArray();
        if (State == TransactionState.Proceeding)
        {
            SendCancel();
        }

        return true;
    }

    internal void OnTransportError() => Step(TransactionEvent.TransportError);

    private protected override Transition Cell(TransactionEvent happened) =>
        IsInvite ? InviteClientMachine.Next(State, happened) : NonInviteClientMachine.Next(State, happened);

    private protected override int NextInterval(int interval) =>
        IsInvite ? interval * 2
        : State == TransactionState.Proceeding ? Timers.T2
        : Math.Min(interval * 2, Timers.T2);

    private protected override void OnSendFailed() => FailSoon();

    private protected override void Deliver(SipMessage message) => User?.OnResponse(this, (SipResponse)message);

    private protected override void ReportTimeout() => User?.OnFailure(this, 408);

    private protected override void ReportError() => User?.OnFailure(this, 503);

    private protected override void ReportTerminated() => User?.OnTerminated(this);

    private protected override void Forget() => Layer.Clients.Remove(this);

    private protected override void Acknowledge(SipMessage response)
    {
        ReadOnlySpan<byte> ack = SentRequest.Write(Layer.Writer, Last, "ACK"u8, response.Value(HeaderId.To), default);
        if (Layer.Wire.Send(Peer, ack) != SendOutcome.Sent)
        {
            OnSendFailed();
        }
    }

    private void SendCancel()
    {
        _cancel = CancelState.Sent;
        ReadOnlySpan<byte> cancel = SentRequest.Write(Layer.Writer, Last, "CANCEL"u8, default, _cancelReason);
        Layer.Send(Peer, SipMethod.Cancel, _branch, cancel, null);
        ArmTimeout();
    }
}
