using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Reputation;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Simulation;

/// <summary>
/// A day of calls from people, businesses, reminders and four kinds of robocallers, put before a policy call by call, with
/// rates and reputation that learn as they would in service. The same options give the same figures.
/// </summary>
public sealed class SimulatedDay
{
    private const double PersonPasses = 0.98;
    private const double MachinePasses = 0.01;
    private static readonly DateTimeOffset Midnight = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private readonly ScreeningPolicy _policy;
    private readonly Random _random;
    private readonly RateTable _rates = new(2_000_000);
    private readonly ReputationTable _reputation = new();
    private readonly UnwantedReports _reports;
    private readonly PersonalLists _lists = new();
    private readonly HashSet<(Party Caller, Party Callee)> _passed = [];
    private readonly KindFigures[] _figures = new KindFigures[Enum.GetValues<CallerKind>().Length];
    private readonly Dictionary<string, int> _byRule = new(StringComparer.Ordinal);
    private CallFacts? _firstFalseRefusal;

    private SimulatedDay(ScreeningPolicy policy, int seed)
    {
        _policy = policy;
        _random = new Random(seed);
        _reports = new UnwantedReports(_lists, _reputation);
    }

    /// <summary>Lives the day through.</summary>
    public static SimulationFigures Run(ScreeningPolicy policy, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        var day = new SimulatedDay(policy, options.Seed);
        var callers = day.Callers(options);
        foreach (var (at, caller) in SimulatedCalls.Schedule(callers, options, day._random))
        {
            day.Call(callers[caller], Midnight.AddMilliseconds(at));
        }

        return new SimulationFigures
        {
            ByKind = Enum.GetValues<CallerKind>().ToImmutableSortedDictionary(k => k, k => day._figures[(int)k]),
            ByRule = day._byRule.ToImmutableSortedDictionary(StringComparer.Ordinal),
            FirstFalseRefusal = day._firstFalseRefusal,
        };
    }

    private SimulatedCaller[] Callers(SimulationOptions options)
    {
        CallerKind Legitimate(int n) =>
            (n % 200) switch
            {
                0 => CallerKind.Reminder,
                < 10 => CallerKind.Business,
                _ => CallerKind.Person,
            };
        return
        [
            .. Enumerable.Range(0, options.Legitimate).Select(n => new SimulatedCaller(Legitimate(n), _random)),
            .. Enumerable
                .Range(0, options.Robocallers)
                .Select(n => new SimulatedCaller(CallerKind.Cycling + (byte)(n % 4), _random)),
        ];
    }

    private void Call(SimulatedCaller caller, DateTimeOffset at)
    {
        var (shown, callee, isKnown) = caller.Dial();
        var lists = ImmutableArray<ListHit>.Empty;
        _lists.Look(callee, shown, at, ref lists);
        var facts = new CallFacts
        {
            At = at,
            Caller = shown,
            Callee = callee,
            IdentityFrom = IdentitySource.AssertedIdentity,
            Attestation = caller.Attestation,
            Verification =
                caller.Attestation == Attestation.None ? VerificationOutcome.Absent : VerificationOutcome.Passed,
            Lists = lists,
            Rates = _rates.Observe(shown, callee, at),
            Reputation = _reputation.Read(shown, at),
            History = new CalleeHistory(Dialled: false, Answered: isKnown, Contact: false, RecentAttempts: 0),
            Challenge = _passed.Contains((shown, callee)) ? ChallengeState.Passed : ChallengeState.None,
        };
        var verdict = _policy.Decide(facts);
        CollectionsMarshal.GetValueRefOrAddDefault(_byRule, verdict.Rule, out _)++;
        var isChallenged = verdict.Decision == Decision.Challenge;
        var isFailed = isChallenged && !Passes(caller, shown, callee);
        var isRefused = verdict.Decision == Decision.Refuse;
        ref var figures = ref _figures[(int)caller.Kind];
        figures = new KindFigures(
            figures.Calls + 1,
            figures.Refused + (isRefused ? 1 : 0),
            figures.Challenged + (isChallenged ? 1 : 0),
            figures.ChallengeFailed + (isFailed ? 1 : 0)
        );
        if (isRefused && !caller.IsRobocaller)
        {
            _firstFalseRefusal ??= facts;
        }

        Learn(caller, facts, isStopped: isRefused || isFailed);
    }

    private bool Passes(SimulatedCaller caller, Party shown, Party callee)
    {
        var isMachine = caller.IsRobocaller || caller.Kind == CallerKind.Reminder;
        var passes = _random.NextDouble() < (isMachine ? MachinePasses : PersonPasses);
        if (passes)
        {
            _passed.Add((shown, callee));
        }

        return passes;
    }

    // What callees do with a call that reaches them, and what the tables learn from it.
    private void Learn(SimulatedCaller caller, CallFacts facts, bool isStopped)
    {
        if (isStopped)
        {
            _rates.End(facts.Caller, CallEnding.Refused, facts.At);
            return;
        }

        var draw = _random.NextDouble();
        if (draw < (caller.IsRobocaller ? 0.15 : 0.005))
        {
            _rates.End(facts.Caller, CallEnding.Invalid, facts.At);
            return;
        }

        _reputation.Delivered(facts.Caller, facts.At);
        if (_random.NextDouble() < (caller.IsRobocaller ? 0.02 : 0.0001))
        {
            var held = facts.Attestation == Attestation.A;
            var delivered = facts.Rates.CallsPerDay;
            _reports.Take(
                new UnwantedReport(facts.Caller, facts.Callee, facts.At, ReportChannel.BeforeAnswer, held, delivered)
            );
            _rates.End(facts.Caller, CallEnding.Refused, facts.At);
            return;
        }

        var answered = caller.IsRobocaller ? 0.4 : 0.75;
        var isShort = _random.NextDouble() < (caller.IsRobocaller ? 0.8 : 0.05);
        var ending =
            draw > answered ? CallEnding.Unanswered
            : isShort ? CallEnding.Short
            : CallEnding.Talked;
        _rates.End(facts.Caller, ending, facts.At);
    }
}
