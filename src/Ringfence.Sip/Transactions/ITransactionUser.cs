using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>The core of a lane: gets what belongs to no transaction (RFC 3261 §18.2.1, §18.1.2 as of RFC 6026).</summary>
internal interface ITransactionUser
{
    /// <summary>
    /// A sound request without a transaction. Give it one with <see cref="TransactionLayer.Accept"/>, answer it without one, or
    /// forward it. An ACK comes here when it is for a 2xx whose transaction is gone or was never here; it is never answered.
    /// </summary>
    void OnRequest(in Peer from, SipRequest request);

    /// <summary>A sound response without a transaction.</summary>
    void OnResponse(in Peer from, SipResponse response);
}
