namespace Ringfence.Sip.Transport;

/// <summary>What stream connections may take at most.</summary>
public sealed record StreamLimits
{
    /// <summary>The defaults.</summary>
    public static StreamLimits Default { get; } = new();

    /// <summary>Connections in all, accepted and opened.</summary>
    public int Connections { get; init; } = 2048;

    /// <summary>Accepted connections from one IPv4 address or one IPv6 /64.</summary>
    public int PerSource { get; init; } = 64;

    /// <summary>
    /// How long a new connection may be silent; before that, how long its TLS handshake may take, and its WebSocket request.
    /// </summary>
    public TimeSpan FirstOctet { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From a message's first byte to the end of its headers.</summary>
    public TimeSpan Header { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of the headers to the end of the body.</summary>
    public TimeSpan Body { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may be silent between messages (RFC 3261 §18 wants 64·T1 at least).</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that may wait to be written on one connection.</summary>
    public int WriteQueue { get; init; } = 128 * 1024;
}
