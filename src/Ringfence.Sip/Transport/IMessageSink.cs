using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>What a lane does with what the transports bring. Called on the lane's thread only.</summary>
public interface IMessageSink
{
    /// <summary>A message has come: sound, or malformed but indexed so far that it can be answered.</summary>
    void OnMessage(in Peer from, in ParseResult message);

    /// <summary>Something sent earlier could not be delivered: the connection broke or the far end refused.</summary>
    void OnTransportError(in Peer to);
}
