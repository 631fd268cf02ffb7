namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>What a byte stream carries.</summary>
internal enum StreamKind
{
    /// <summary>Too few bytes to tell.</summary>
    Unknown,

    /// <summary>SIP messages one behind the other.</summary>
    Sip,

    /// <summary>TLS records.</summary>
    Tls,

    /// <summary>WebSocket frames.</summary>
    WebSocket,

    /// <summary>Packets of a capture agent.</summary>
    Hep,

    /// <summary>Something else.</summary>
    Other,
}
