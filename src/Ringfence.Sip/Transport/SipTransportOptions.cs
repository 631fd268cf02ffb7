using System.Net;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>How a <see cref="SipTransport"/> listens.</summary>
public sealed record SipTransportOptions
{
    /// <summary>Where to listen; at least one. For every UDP port, TCP ought to be listened on too (RFC 3261 §18.2.1).</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>Number of lanes; 0 takes one a processor. Only Linux spreads a port over several; elsewhere there is one.</summary>
    public int Lanes { get; init; }

    /// <summary>
    /// Addresses that messages name instead of the ones listened on, one an address family: behind a one-to-one NAT, or on
    /// a machine with several addresses.
    /// </summary>
    public IReadOnlyList<IPAddress> Advertise { get; init; } = [];

    /// <summary>Requests longer than this go by TCP where the peer takes it (RFC 3261 §18.1.1).</summary>
    public int SwitchToTcpAbove { get; init; } = 1300;

    /// <summary>Pieces of work that may wait at each lane, a power of two.</summary>
    public int RingCapacity { get; init; } = 4096;

    /// <summary>What is parsed at most.</summary>
    public ParserLimits ParserLimits { get; init; } = ParserLimits.Default;

    /// <summary>What stream connections take at most.</summary>
    public StreamLimits StreamLimits { get; init; } = StreamLimits.Default;

    /// <summary>
    /// How TLS is done by listeners that do not say it themselves. What this process opens is opened as the listener of the same
    /// transport would be: with its certificate, if asked for one, and its roots.
    /// </summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>
    /// How long a flow that this process has opened may be silent before it is pinged, a little less each time; a WebSocket is after a
    /// quarter of that. One that has answered pings before and does not within 10 s is closed (RFC 5626 §4.4.1), and the next request opens
    /// another. Zero pings nobody.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The origins whose pages may open WebSocket connections, as browsers write them (<c>https://phone.example.com</c>); with none,
    /// all may (RFC 6455 §10.2).
    /// </summary>
    public IReadOnlyList<string> WebSocketOrigins { get; init; } = [];

    /// <summary>Told of each TLS connection that was refused, and why. From any thread.</summary>
    public Action<TlsRefusal>? TlsRefused { get; init; }

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told of exceptions that escape from the code of a lane or a connection, on the thread where they happened. The lane goes on;
    /// the connection is closed.
    /// </summary>
    public Action<Exception>? Fault { get; init; }

    /// <summary>The lanes that this asks for on this system.</summary>
    internal int LaneCount =>
        !OperatingSystem.IsLinux() ? 1
        : Lanes > 0 ? Lanes
        : Math.Min(Environment.ProcessorCount, Ringfence.Sip.Lanes.LaneGroup.MaxLanes);
}
