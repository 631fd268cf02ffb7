using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Resolve;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// The way of one call on its lane, and the only place that knows the order: Admit, Verify, Screen, then Progress, Challenge or
/// Refuse, then Record.
/// </summary>
internal sealed partial class CallPipeline : ICallHandler
{
    private readonly Lane _lane;
    private readonly ReasonWire _wire;
    private readonly Verifying _verifying;
    private readonly EdgeServices _services;
    private readonly TargetSearch _search;
    private readonly DigestClients _logins;

    internal CallPipeline(Lane lane, ReasonWire wire, EdgeServices services)
    {
        _lane = lane;
        _wire = wire;
        _services = services;
        _verifying = new Verifying(lane, services, Screen);
        Resolver = services.Resolver is { } resolver ? new LaneResolver(resolver, lane) : null;
        _search = new TargetSearch(Resolver);
        _logins = new DigestClients(lane.Random);
    }

    /// <summary>The lane's way to the name servers; null where there are only addresses.</summary>
    internal LaneResolver? Resolver { get; }

    /// <summary>Set once the layers that need this handler exist.</summary>
    internal CallLayer Calls { get; set; } = null!;

    /// <summary>Set once the layers that need this handler exist.</summary>
    internal ProxyLayer Proxy { get; set; } = null!;

    /// <summary>Waits for the ends of proxied calls; null where nobody sees them.</summary>
    internal TalkingCalls? Talking { get; init; }

    /// <inheritdoc/>
    public void OnInvite(IncomingCall call)
    {
        EdgeState state = _services.State;
        if (Admit(call, state) is not { } trunk)
        {
            return;
        }

        GateLegs.Prepare(call, trunk);
        StirEngine? stir = _services.Stir;
        CallIdentity identity = stir is null ? CallIdentity.Unasked : new CallIdentity(stir, stir.Of(trunk.Name));
        InviteParties parties = InviteParties.Of(call.Request, identity.Trunk.IsTrusted);
        Gathering.Prefetch(parties, _services);
        var journal = new CallJournal(_lane, _services, trunk.Name, call.Request, parties) { Identity = identity };
        _verifying.Verify(new AdmittedCall(call, state, trunk, parties, journal, identity));
    }

    /// <inheritdoc/>
    public void OnRequest(IncomingRequest request) => OtherRequests.Answer(request, _lane, _services);

    /// <summary>Screen: what do rules, lists, rates and reputation say?</summary>
    private void Screen(AdmittedCall admitted)
    {
        if (StarCodes.Is(admitted))
        {
            StarCodes.Serve(admitted, Setup(admitted, lines: null));
            return;
        }

        CallFacts facts = Gathering.Facts(admitted, _services, _lane.UtcNow);
        admitted.Journal.Facts = facts;
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
    /// Challenge: a digit or a name in early media. Who passes is judged once more, and goes on by the gate whatever the trunk's mode:
    /// the caller already hears this side (RFC 3261 §13.3.1.1 leaves no way back to a proxy after a 183 of its own).
    /// </summary>
    private void Challenged(AdmittedCall admitted, CallFacts facts, Verdict verdict)
    {
        var terms = new ChallengeTerms
        {
            Passes = _services.Passes,
            Refuse = () => Refusing.Refuse(admitted, ChallengeRefusal.Of(verdict), _services),
            Declined = () =>
                Refusing.Refuse(admitted, ChallengeRefusal.Declined(verdict), _services, endedBy: "callee"),
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
        };
        if (verdict.Challenge == ChallengeKind.SayWho)
        {
            SayWhoCall.Begin(admitted.Call, Setup(admitted, lines: null), terms);
        }
        else
        {
            ChallengeCall.Begin(admitted.Call, Setup(admitted, lines: null), terms);
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

        if (
            !_services.IsDraining
            && trunk.Configuration.Authenticate is not AuthenticateMode.No and var mode
            && _services.Registrar?.Authenticate(call, mode) != true
        )
        {
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
        )
        {
            Logins = _logins,
        };

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

    private static string Word(Decision decision) =>
        decision switch
        {
            Decision.Refuse => "refuse",
            Decision.Challenge => "challenge",
            _ => "progress",
        };

    private static readonly HeaderField RetrySoon = new(HeaderId.RetryAfter, "5");
}
