using System.Collections.Immutable;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// The way of one call on its lane, and the only place that knows the order: Admit, Screen, then Progress or Refuse, then
/// Record.
/// </summary>
internal sealed class CallPipeline : ICallHandler
{
    private readonly Lane _lane;
    private readonly IWire _wire;
    private readonly EdgeServices _services;

    internal CallPipeline(Lane lane, IWire wire, EdgeServices services)
    {
        _lane = lane;
        _wire = wire;
        _services = services;
    }

    /// <summary>Set once the layers that need this handler exist.</summary>
    internal CallLayer Calls { get; set; } = null!;

    /// <summary>Set once the layers that need this handler exist.</summary>
    internal ProxyLayer Proxy { get; set; } = null!;

    /// <inheritdoc/>
    public void OnInvite(IncomingCall call)
    {
        EdgeState state = _services.State;
        if (Admit(call, state) is not { } trunk)
        {
            return;
        }

        InviteParties parties = InviteParties.Of(call.Request, isTrusted: true);
        var journal = new CallJournal(_lane, _services, trunk.Name, call.Request, parties);
        Verdict verdict = state.Policy.Decide(Facts(call, trunk, parties));
        journal.Decided(verdict);
        _services.Meters.Decided(trunk.Name, Word(verdict.Decision));
        if (verdict.Decision == Decision.Refuse)
        {
            Refusing.Refuse(call, verdict, _services, journal);
        }
        else
        {
            Progress(call, state, trunk, parties, journal);
        }
    }

    /// <summary>Admit: a known trunk, within its rate, and room (403, 503 with Retry-After).</summary>
    private Trunk? Admit(IncomingCall call, EdgeState state)
    {
        if (state.TrunkOf(call.From) is not { } trunk)
        {
            _services.Meters.Stranger();
            call.Refuse(403, default);
            return null;
        }

        if (_services.IsDraining || !trunk.TryAdmit())
        {
            _services.Meters.Refused(503);
            call.Refuse(503, default, RetrySoon);
            return null;
        }

        return trunk;
    }

    private CallFacts Facts(IncomingCall call, Trunk trunk, InviteParties parties)
    {
        ImmutableArray<ListHit> hits = [];
        _services.Lists.Look(parties.Caller, ListSubject.Caller, ref hits);
        _services.Lists.Look(parties.Callee, ListSubject.Callee, ref hits);
        return new CallFacts
        {
            At = _lane.UtcNow,
            Caller = parties.Caller,
            Callee = parties.Callee,
            IdentityFrom = parties.IdentityFrom,
            DisplayName = parties.DisplayName,
            Privacy = InviteParties.PrivacyOf(call.Request),
            Trunk = trunk.Name,
            Lists = hits,
        };
    }

    /// <summary>Progress: by the route of the called number, in the trunk's mode.</summary>
    private void Progress(IncomingCall call, EdgeState state, Trunk trunk, InviteParties parties, CallJournal journal)
    {
        Route? route = state.Routes.Find(parties.CalleeUser);
        ProxyTarget[] reachable = route is null ? [] : Targets(route, parties);
        if (reachable.Length == 0)
        {
            // No such number here (RFC 3261 §21.4.5), or a route that leads nowhere at the moment (§21.5.4).
            Refusing.Refuse(call, route is null ? 404 : 503, _services, journal);
            return;
        }

        switch (trunk.Configuration.Mode)
        {
            case TrunkMode.Redirect:
                Redirecting.Redirect(call, reachable, journal);
                break;
            case TrunkMode.Gate:
                GateCall.Begin(call, new GateSetup(_lane, Calls, _services, state.EarlyMedia, trunk, parties, _wire, journal), reachable);
                break;
            default:
                Proxying.Forward(call, Proxy, reachable, route!.Configuration.Fork, state.EarlyMedia, journal);
                break;
        }
    }

    private static ProxyTarget[] Targets(Route route, InviteParties parties) =>
        [
            .. route
                .Targets.Where(target => target.Peer is not null)
                .Select(target => new ProxyTarget(target.Peer!.Value, target.RequestUri(parties.CalleeUser))),
        ];

    private static string Word(Decision decision) =>
        decision switch
        {
            Decision.Refuse => "refuse",
            Decision.Challenge => "challenge",
            _ => "progress",
        };

    private static readonly HeaderField RetrySoon = new(HeaderId.RetryAfter, "5");
}
