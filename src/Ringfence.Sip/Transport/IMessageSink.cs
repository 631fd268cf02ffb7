using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>What a lane does with what the transports bring. Called on the lane's thread only.</summary>
public interface IMessageSink
{
    /// <summary>
    /// A message has come: sound, or a malformed request that is indexed so far that it can be answered. Malformed responses
    /// never come here (RFC 3261 §18.1.2).
    /// </summary>
    void OnMessage(in Peer from, in ParseResult message);

    /// <summary>
    /// Something sent earlier could not be delivered: the connection broke or the far end refused (RFC 3261 §18.4). The peer
    /// names the connection, where there was one; what was sent without naming one is meant too when transport, address and port
    /// agree.
    /// </summary>
    void OnTransportError(in Peer to);
}
