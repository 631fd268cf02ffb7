namespace Ringfence.Sip.Transport;

/// <summary>
/// Where a lane's messages leave. Called on the lane's thread; never blocks. The bytes are only valid during the call.
/// </summary>
public interface IWire
{
    /// <summary>Sends one message, or says why not. An error that shows later comes back through <see cref="IMessageSink.OnTransportError"/>.</summary>
    SendOutcome Send(in Peer to, ReadOnlySpan<byte> message);

    /// <summary>
    /// The address that a peer is reached from: what Via, Contact and SDP name (sent-by). False when no listener can reach it.
    /// </summary>
    bool TryLocal(in Peer to, out Peer local);
}
