namespace Ringfence.Sip.Transport;

/// <summary>How a message travels (RFC 3261 §18; RFC 7118 for WebSocket).</summary>
public enum TransportKind : byte
{
    /// <summary>UDP: one datagram, one message.</summary>
    Udp,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,

    /// <summary>WebSocket.</summary>
    Ws,

    /// <summary>WebSocket over TLS.</summary>
    Wss,
}
