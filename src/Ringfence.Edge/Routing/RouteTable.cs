using System.Text;
using Ringfence.Edge.Configuration;

namespace Ringfence.Edge.Routing;

/// <summary>Finds the route of a called number: an exact match before the longest prefix. Read by all lanes, never changed.</summary>
public sealed class RouteTable
{
    private readonly (byte[] Prefix, bool IsExact, Route Route)[] _routes;

    /// <summary>A table of the configured routes.</summary>
    public RouteTable(IEnumerable<RouteConfiguration> routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        _routes =
        [
            .. routes
                .Select(route =>
                    (Encoding.UTF8.GetBytes(route.Match.TrimEnd('*')), !route.Match.EndsWith('*'), new Route(route))
                )
                .OrderByDescending(entry => entry.Item2)
                .ThenByDescending(entry => entry.Item1.Length),
        ];
    }

    /// <summary>All routes.</summary>
    public IEnumerable<Route> Routes => _routes.Select(entry => entry.Route);

    /// <summary>The route of a called number or user part; null when there is none.</summary>
    public Route? Find(ReadOnlySpan<byte> callee)
    {
        foreach ((byte[] prefix, bool isExact, Route route) in _routes)
        {
            if (isExact ? callee.SequenceEqual(prefix) : callee.StartsWith(prefix))
            {
                return route;
            }
        }

        return null;
    }
}
