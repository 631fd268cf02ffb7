using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>Who sent the request of one client transaction.</summary>
internal interface IClientUser
{
    /// <summary>A response: each provisional one, the final one once, each 2xx to an INVITE as often as it comes.</summary>
    void OnResponse(ClientTransaction transaction, SipResponse response);

    /// <summary>No final response will come: to be treated as 408 or 503 (RFC 3261 §8.1.3.1).</summary>
    void OnFailure(ClientTransaction transaction, int statusCode);

    /// <summary>The transaction is forgotten.</summary>
    void OnTerminated(ClientTransaction transaction);
}
