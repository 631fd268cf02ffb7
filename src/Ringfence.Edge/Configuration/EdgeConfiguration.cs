using System.Net;
using Ringfence.Screening.Policy;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Configuration;

/// <summary>Everything that the edge is told by its file; what the file leaves out has its default here.</summary>
public sealed record EdgeConfiguration
{
    /// <summary>Where SIP is listened for.</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>Address that others reach the edge by, when it is not the one it listens on; null for that one.</summary>
    public IPAddress? Advertise { get; init; }

    /// <summary>The neighbours, in order; the first whose networks hold the source is the one.</summary>
    public required IReadOnlyList<TrunkConfiguration> Trunks { get; init; }

    /// <summary>The routes; the longest match wins.</summary>
    public required IReadOnlyList<RouteConfiguration> Routes { get; init; }

    /// <summary>The lists that policy names.</summary>
    public IReadOnlyList<ListConfiguration> Lists { get; init; } = [];

    /// <summary>What callers hear before the answer.</summary>
    public EarlyMediaConfiguration EarlyMedia { get; init; } = new();

    /// <summary>The policy, compiled.</summary>
    public required ScreeningPolicy Policy { get; init; }

    /// <summary>Caller identity; null: Identity headers go by unread.</summary>
    public StirConfiguration? Stir { get; init; }

    /// <summary>What a wrongly refused caller can do.</summary>
    public RedressConfiguration Redress { get; init; } = new();

    /// <summary>How called users say that a call was unwanted.</summary>
    public UnwantedConfiguration Unwanted { get; init; } = new();

    /// <summary>The SQLite file of the call records, absolute.</summary>
    public required string Database { get; init; }

    /// <summary>Where the pages are served; null for nowhere.</summary>
    public IPEndPoint? Web { get; init; }

    /// <summary>The operator's password for the pages; null: they are for who sits at this machine.</summary>
    public string? WebPassword { get; init; }

    /// <summary>Number of lanes; 0 for one per processor.</summary>
    public int Lanes { get; init; }

    /// <summary>The edge's own users; null for none.</summary>
    public RegistrarConfiguration? Registrar { get; init; }

    /// <summary>The name servers; null for those of the system.</summary>
    public DnsOptions? Dns { get; init; }

    /// <summary>Where rtpengine listens for ng; null for none.</summary>
    public IPEndPoint? RtpEngine { get; init; }

    /// <summary>Who gets a copy of every message.</summary>
    public ObserveConfiguration Observe { get; init; } = new();

    /// <summary>The origins whose pages may open WebSocket connections; with none, all may.</summary>
    public IReadOnlyList<string> WebSocketOrigins { get; init; } = [];
}
