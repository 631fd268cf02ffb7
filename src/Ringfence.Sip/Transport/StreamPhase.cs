namespace Ringfence.Sip.Transport;

/// <summary>What a stream connection is waiting for: each has its own time-out.</summary>
internal enum StreamPhase : byte
{
    /// <summary>The far end's consent.</summary>
    Connecting,

    /// <summary>The end of the TLS handshake.</summary>
    Handshake,

    /// <summary>The whole of a WebSocket client's request (RFC 6455 §4.1).</summary>
    Upgrade,

    /// <summary>The first byte of the first message.</summary>
    FirstOctet,

    /// <summary>The next message.</summary>
    Idle,

    /// <summary>The end of the headers.</summary>
    Header,

    /// <summary>The end of the body.</summary>
    Body,

    /// <summary>Room in a lane's ring: the far end is not to blame, so there is no time-out.</summary>
    Paused,

    /// <summary>The far end's close, after ours.</summary>
    Closing,
}
