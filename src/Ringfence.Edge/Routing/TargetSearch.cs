using Ringfence.Edge.Configuration;
using Ringfence.Edge.Registrar;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Routing;

/// <summary>
/// A lane's way from a route to the places that one call can be sent to: addresses as they are written, host names by the resolver,
/// users by what they have registered. What failed of late comes last.
/// </summary>
/// <param name="resolver">Looks names up and remembers what failed; null where there are only addresses.</param>
internal sealed class TargetSearch(LaneResolver? resolver)
{
    private const int MaxTargets = 12;

    /// <summary>
    /// The places, at once when all are known; else null, and <paramref name="found"/> is called later, on the lane.
    /// </summary>
    internal ProxyTarget[]? Find(
        Route route,
        SipRequest invite,
        ReadOnlyMemory<byte> callee,
        EdgeRegistrar? registrar,
        Action<ProxyTarget[]> found
    )
    {
        var search = new Search(this, route, invite, callee, registrar, found);
        return search.Begin();
    }

    /// <summary>The places as far as they are known without asking anybody.</summary>
    internal ProxyTarget[] Known(
        Route route,
        SipRequest invite,
        ReadOnlyMemory<byte> callee,
        EdgeRegistrar? registrar
    ) => new Search(this, route, invite, callee, registrar, null).Build();

    private IEnumerable<ProxyTarget> InOrder(IEnumerable<ProxyTarget> targets, ForkMode fork) =>
        fork == ForkMode.Parallel || resolver is null || resolver.Dead.IsEmpty
            ? targets
            : targets.OrderBy(target => resolver.Dead.Contains(target.Destination));

    /// <summary>One call's search.</summary>
    private sealed class Search(
        TargetSearch owner,
        Route route,
        SipRequest invite,
        ReadOnlyMemory<byte> callee,
        EdgeRegistrar? registrar,
        Action<ProxyTarget[]>? found
    )
    {
        private readonly Resolution?[] _answers = new Resolution?[route.Targets.Count];
        private int _open;

        internal ProxyTarget[]? Begin()
        {
            for (int i = 0; i < _answers.Length; i++)
            {
                if (route.Targets[i].NeedsLookup && owner.Resolver is { } resolver)
                {
                    int at = i;
                    _answers[i] = resolver.Ask(route.Targets[i].LookupUri.Span, answer => Answered(at, answer));
                    _open += _answers[i] is null ? 1 : 0;
                }
            }

            return _open == 0 ? Build() : null;
        }

        internal ProxyTarget[] Build()
        {
            List<ProxyTarget> targets = [];
            for (int i = 0; i < _answers.Length; i++)
            {
                RouteTarget target = route.Targets[i];
                if (target.Configuration.IsRegistered)
                {
                    targets.AddRange(registrar?.ContactsOf(invite.RequestUri, callee.Span) ?? []);
                }
                else if (PeersOf(target, _answers[i]) is { Count: > 0 } peers)
                {
                    targets.Add(
                        new ProxyTarget(peers[0], target.RequestUri(callee.Span))
                        {
                            Others = peers.Count > 1 ? [.. peers.Skip(1)] : null,
                            Login = target.Configuration.Login,
                        }
                    );
                }
            }

            return [.. owner.InOrder(targets, route.Configuration.Fork).Take(MaxTargets)];
        }

        private void Answered(int at, Resolution answer)
        {
            _answers[at] = answer;
            if (--_open == 0)
            {
                found!(Build());
            }
        }

        /// <summary>What was found last stands while the name servers say nothing; what they deny is gone.</summary>
        private static IReadOnlyList<Peer> PeersOf(RouteTarget target, Resolution? answer) =>
            answer is null or { Status: ResolveStatus.Unavailable }
                ? target.Known
                : [.. answer.Targets.Select(server => server.Destination)];
    }

    private LaneResolver? Resolver => resolver;
}
