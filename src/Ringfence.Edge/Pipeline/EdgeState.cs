using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Screening.Policy;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Pipeline;

/// <summary>What the configuration in force says. Never changed: a reload puts another in its place, whole and at once.</summary>
public sealed record EdgeState
{
    /// <summary>A state from a configuration.</summary>
    public EdgeState(EdgeConfiguration configuration, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Trunks = [.. configuration.Trunks.Select(trunk => new Trunk(trunk, clock))];
        Routes = new RouteTable(configuration.Routes);
        Policy = configuration.Policy;
        EarlyMedia = configuration.EarlyMedia;
        Redress = configuration.Redress;
        Unwanted = configuration.Unwanted;
    }

    /// <summary>The neighbours.</summary>
    public IReadOnlyList<Trunk> Trunks { get; }

    /// <summary>The routes.</summary>
    public RouteTable Routes { get; }

    /// <summary>The policy.</summary>
    public ScreeningPolicy Policy { get; }

    /// <summary>What callers hear before the answer.</summary>
    public EarlyMediaConfiguration EarlyMedia { get; }

    /// <summary>What a wrongly refused caller can do.</summary>
    public RedressConfiguration Redress { get; }

    /// <summary>How called users say that a call was unwanted.</summary>
    public UnwantedConfiguration Unwanted { get; }

    /// <summary>True when a 3xx may send a call there: an address of a route's target or of a trunk.</summary>
    internal bool MayBeRedirectedTo(Peer peer) =>
        Trunks.Any(trunk => trunk.MayBeRedirectedTo(peer))
        || Routes
            .Routes.SelectMany(static route => route.Targets)
            .Any(target => target.Known.Any(known => known.Address == peer.Address));

    /// <summary>The trunk of a source; null for a stranger.</summary>
    public Trunk? TrunkOf(in Peer peer)
    {
        foreach (Trunk trunk in Trunks)
        {
            if (trunk.Holds(peer))
            {
                return trunk;
            }
        }

        return null;
    }
}
