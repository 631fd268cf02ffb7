namespace Ringfence.Sip.Transport;

/// <summary>
/// Where a lane's messages leave. Called on the lane's thread; never blocks. The bytes are only valid during the call.
/// </summary>
public interface IWire
{
    /// <summary>
    /// Sends one message, or says why not. An error that shows later comes back through <see cref="IMessageSink.OnTransportError"/>.
    /// A peer that names a connection is reached by that one only: <see cref="SendOutcome.NoRoute"/> when it is gone. Without
    /// one, a stream transport uses a connection to that address and port, or opens it.
    /// </summary>
    SendOutcome Send(in Peer to, ReadOnlySpan<byte> message);

    /// <summary>
    /// The address that a peer is reached from: what Via, Contact and SDP name (sent-by). False when no listener can reach it.
    /// </summary>
    bool TryLocal(in Peer to, out Peer local);

    /// <summary>
    /// The way that a request of this length takes (RFC 3261 §18.1.1): over UDP, one of more than 1300 bytes goes by TCP
    /// where that can be had. Ask before the Via is written, for it names the transport. When TCP is refused, a transport
    /// error comes back, and asking again then yields UDP.
    /// </summary>
    /// <param name="to">Where the request is to go.</param>
    /// <param name="length">Its length in bytes.</param>
    Peer WayFor(in Peer to, int length) => to;

    /// <summary>
    /// Holds a flow open whose far end is known to answer keep-alives (RFC 5626 §3.5.1), as by <c>ob</c> or <c>Flow-Timer</c>: a double
    /// CRLF every <paramref name="period"/>, a little less each time; one that is not answered within 10 s ends the connection, with a
    /// transport error for those who sent over it. It ends two hours after the last message that was sent over it.
    /// </summary>
    /// <param name="flow">A stream connection that this process has opened, named or by its address.</param>
    /// <param name="period">The longest silence, at least a second; zero holds it no longer.</param>
    /// <returns>False when there is no such connection.</returns>
    bool KeepAlive(in Peer flow, TimeSpan period) => false;
}
