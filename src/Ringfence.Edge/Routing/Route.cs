using Ringfence.Edge.Configuration;

namespace Ringfence.Edge.Routing;

/// <summary>A route at work: its targets with the addresses that were last found for them.</summary>
public sealed class Route
{
    /// <summary>A route as configured.</summary>
    public Route(RouteConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        Targets = [.. configuration.Targets.Select(target => new RouteTarget(target))];
    }

    /// <summary>What it was configured with.</summary>
    public RouteConfiguration Configuration { get; }

    /// <summary>Its targets in order of preference.</summary>
    public IReadOnlyList<RouteTarget> Targets { get; }

    /// <summary>True when it leads to registered users.</summary>
    public bool LeadsToUsers => Configuration.Targets.Any(target => target.IsRegistered);
}
