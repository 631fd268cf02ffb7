using System.Collections.Immutable;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// The way of one call on its lane, and the only place that knows the order: Admit, Verify, Screen, then Progress, Challenge or
/// Refuse, then Record.
/// </summary>
internal sealed class CallPipeline : ICallHandler
{
    private readonly Lane _lane;
    private readonly ReasonWire _wire;
    private readonly Verifying _verifying;
    private readonly EdgeServices _services;

    internal CallPipeline(Lane lane, ReasonWire wire, EdgeServices services)
    {
        _lane = lane;
        _wire = wire;
        _services = services;
        _verifying = new Verifying(lane, services, Screen);
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

        StirEngine? stir = _services.Stir;
        CallIdentity identity = stir is null ? CallIdentity.Unasked : new CallIdentity(stir, stir.Of(trunk.Name));
        InviteParties parties = InviteParties.Of(call.Request, identity.Trunk.IsTrusted);
        var journal = new CallJournal(_lane, _services, trunk.Name, call.Request, parties) { Identity = identity };
        _verifying.Verify(new AdmittedCall(call, state, trunk, parties, journal, identity));
    }

    /// <summary>Screen: what do rules, lists, rates and reputation say?</summary>
    private void Screen(AdmittedCall admitted)
    {
        CallFacts facts = Facts(admitted);
        Verdict verdict = admitted.State.Policy.Decide(facts);
        if (verdict.Decision == Decision.Challenge && _services.Passes.Holds(facts.Caller, facts.Callee))
        {
            verdict = admitted.State.Policy.Decide(facts with { Challenge = ChallengeState.Passed });
        }

        admitted.Journal.Decided(verdict);
        _services.Meters.Decided(admitted.Trunk.Name, Word(verdict.Decision));
        switch (verdict.Decision)
        {
            case Decision.Refuse:
                Refusing.Refuse(admitted, verdict, _services, Setup(admitted, lines: null));
                break;
            case Decision.Challenge:
                Challenged(admitted, facts, verdict);
                break;
            default:
                Progress(admitted, audio: null);
                break;
        }
    }

    /// <summary>
    /// Challenge: a digit in early media. Who passes is judged once more, and goes on by the gate whatever the trunk's mode: the
    /// caller already hears this side (RFC 3261 §13.3.1.1 leaves no way back to a proxy after a 183 of its own).
    /// </summary>
    private void Challenged(AdmittedCall admitted, CallFacts facts, Verdict verdict) =>
        ChallengeCall.Begin(
            admitted.Call,
            Setup(admitted, lines: null),
            new ChallengeTerms
            {
                Passes = _services.Passes,
                Refuse = () => Refusing.Refuse(admitted, ChallengeRefusal.Of(verdict), _services),
                Passed = audio =>
                {
                    Verdict second = admitted.State.Policy.Decide(facts with { Challenge = ChallengeState.Passed });
                    admitted.Journal.Decided(second);
                    if (second.Decision == Decision.Refuse)
                    {
                        audio?.Close();
                        Refusing.Refuse(admitted, second, _services);
                    }
                    else
                    {
                        Progress(admitted, audio);
                    }
                },
            }
        );

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

    private CallFacts Facts(AdmittedCall admitted)
    {
        InviteParties parties = admitted.Parties;
        CallIdentity identity = admitted.Identity;
        DateTimeOffset now = _lane.UtcNow;
        ImmutableArray<ListHit> hits = [];
        _services.Lists.Look(parties.Caller, ListSubject.Caller, ref hits);
        _services.Lists.Look(parties.Callee, ListSubject.Callee, ref hits);
        return new CallFacts
        {
            At = now,
            Caller = parties.Caller,
            Callee = parties.Callee,
            IdentityFrom = parties.IdentityFrom,
            DisplayName = parties.DisplayName,
            Privacy = InviteParties.PrivacyOf(admitted.Call.Request),
            Trunk = admitted.Trunk.Name,
            Lists = hits,
            Attestation = identity.Attestation,
            Verification = identity.Outcome,
            FailedStep = identity.FailedStep,
            Rates = _services.Rates.Observe(parties.Caller, parties.Callee, now),
            Reputation = _services.Reputation.Read(parties.Caller, now),
        };
    }

    /// <summary>Progress: by the route of the called number, in the trunk's mode; by the gate where audio is already open.</summary>
    private void Progress(AdmittedCall admitted, CallerAudio? audio)
    {
        Route? route = admitted.State.Routes.Find(admitted.Parties.CalleeUser);
        ProxyTarget[] reachable = route is null ? [] : Targets(route, admitted.Parties);
        if (reachable.Length == 0)
        {
            audio?.Close();
            // No such number here (RFC 3261 §21.4.5), or a route that leads nowhere at the moment (§21.5.4).
            Refusing.Refuse(admitted.Call, route is null ? 404 : 503, _services, admitted.Journal);
            return;
        }

        switch (audio is null ? admitted.Trunk.Configuration.Mode : TrunkMode.Gate)
        {
            case TrunkMode.Redirect:
                Redirecting.Redirect(admitted.Call, reachable, admitted.Journal, admitted.Identity);
                break;
            case TrunkMode.Gate:
                GateCall.Begin(admitted.Call, Setup(admitted, Lines(admitted, reachable)), reachable, audio);
                break;
            default:
                Proxying.Forward(
                    admitted,
                    Proxy,
                    reachable,
                    route!.Configuration.Fork,
                    Lines(admitted, reachable),
                    _wire
                );
                break;
        }
    }

    private GateSetup Setup(AdmittedCall admitted, CallerLines? lines) =>
        new(
            _lane,
            Calls,
            _services,
            admitted.State.EarlyMedia,
            admitted.Trunk,
            admitted.Parties,
            _wire,
            admitted.Journal,
            admitted.Identity,
            lines
        );

    /// <summary>Who calls, as the callee is told it, signed where that is asked for; null: as it came.</summary>
    private CallerLines? Lines(AdmittedCall admitted, ReadOnlySpan<ProxyTarget> targets)
    {
        if (admitted.Identity.Engine is null)
        {
            return null;
        }

        var lines = CallerLines.Of(admitted.Call.Request, admitted.Identity);
        Signing.Sign(admitted, targets, lines, _lane.UtcNow);
        if (admitted.Identity.Signed is { } signed)
        {
            _services.Meters.Signed(signed);
        }

        return lines;
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
