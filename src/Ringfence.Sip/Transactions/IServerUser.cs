using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>Who answers one server transaction.</summary>
internal interface IServerUser
{
    /// <summary>The ACK for a 2xx; comes again when the ACK is repeated.</summary>
    void OnAck(ServerTransaction transaction, SipRequest ack);

    /// <summary>A CANCEL for an INVITE without a final response; it has been answered 200 (§9.2). Once.</summary>
    void OnCancel(ServerTransaction transaction, SipRequest cancel);

    /// <summary>A response could not be sent; the transaction goes on (RFC 6026 §8.8).</summary>
    void OnTransportError(ServerTransaction transaction) { }

    /// <summary>The transaction is forgotten.</summary>
    void OnTerminated(ServerTransaction transaction);
}
