namespace Ringfence.Diagnosis.Capture;

/// <summary>How a packet travelled.</summary>
public enum PacketTransport : byte
{
    /// <summary>Not told by the source.</summary>
    Unknown,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>TLS over TCP, decrypted with a key log.</summary>
    Tls,

    /// <summary>SCTP (RFC 4168).</summary>
    Sctp,

    /// <summary>WebSocket (RFC 7118).</summary>
    WebSocket,

    /// <summary>WebSocket over TLS.</summary>
    SecureWebSocket,
}
