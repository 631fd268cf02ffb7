using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Rules;

/// <summary>Every fact that a rule can ask for: one call for which the condition holds, and one for which it does not.</summary>
public sealed class ConditionTests
{
    private static readonly CallFacts P = Calls.Plain;

    private static readonly RateFacts R = RateFacts.Unseen;

    public static TheoryData<string, CallFacts, CallFacts> Table { get; } =
        new()
        {
            { "caller: \"+33612345678\"", P, P with { Caller = Party.Parse("+33612345679") } },
            { "caller: [\"+441*\", \"+336*\"]", P, P with { Caller = Party.Parse("+33712345678") } },
            { "caller: \"+33612345000..+33612345999\"", P, P with { Caller = Party.Parse("+33612346000") } },
            { "caller: \"*@spam.example\"", P with { Caller = Party.Parse("x@spam.example") }, P },
            { "caller: \"/^\\\\+336[0-9]{8}$/\"", P, P with { Caller = Party.Parse("+3361234567") } },
            { "callee: \"+33199*\"", P, P with { Callee = Party.Parse("+33299001234") } },
            { "callee: \"3000\"", P with { Callee = Party.Parse("3000") }, P },
            {
                "diverter: \"+3388*\"",
                P with
                {
                    Diversions = [Party.Parse("+331"), Party.Parse("+33881")],
                },
                P with
                {
                    Diversions = [Party.Parse("+33881"), Party.Parse("+331")],
                }
            },
            {
                "caller-in: blocked",
                P with
                {
                    Lists = Calls.On("blocked"),
                },
                P with
                {
                    Lists = [new ListHit("blocked", ListSubject.Callee, "+331")],
                }
            },
            { "caller-in: [a, b]", P with { Lists = Calls.On("b") }, P with { Lists = Calls.On("c") } },
            {
                "callee-in: vip",
                P with
                {
                    Lists = [new ListHit("vip", ListSubject.Callee, "+331")],
                },
                P with
                {
                    Lists = Calls.On("vip"),
                }
            },
            {
                "diverter-in: odd",
                P with
                {
                    Lists = [new ListHit("odd", ListSubject.Diverter, "+331")],
                },
                P with
                {
                    Lists = Calls.On("odd"),
                }
            },
            { "caller-form: [anonymous, none]", P with { Caller = Party.Anonymous }, P },
            { "caller-form: invalid", P with { Caller = Party.Parse("+1234567890123456") }, P },
            { "callee-form: local", P with { Callee = Party.Parse("12345") }, P },
            { "identity-from: from", P with { IdentityFrom = IdentitySource.From }, P },
            { "trunk: carrier-a", P, P with { Trunk = "carrier-b" } },
            { "trunk: \"CARRIER-?\"", P, P with { Trunk = "carrier-10" } },
            { "attestation: [C, none]", P with { Attestation = Attestation.C }, P },
            { "attestation: A", P, P with { Attestation = Attestation.B } },
            { "verification: failed", P with { Verification = VerificationOutcome.Failed }, P },
            { "verification: [absent, unavailable]", P with { Verification = VerificationOutcome.Unavailable }, P },
            { "failed-step: \"sig*\"", P with { FailedStep = "signature" }, P },
            { "display-name: \"*martin*\"", P, P with { DisplayName = "Bob" } },
            { "display-name: \"/v[i1]agra|l.ttery/\"", P with { DisplayName = "Free V1AGRA" }, P },
            { "anonymous: true", P with { Privacy = PrivacyRequests.Id }, P },
            { "anonymous: false", P, P with { Caller = Party.Anonymous } },
            {
                "privacy: [critical, history]",
                P with
                {
                    Privacy = PrivacyRequests.History | PrivacyRequests.Id,
                },
                P with
                {
                    Privacy = PrivacyRequests.Id,
                }
            },
            { "privacy: none", P, P with { Privacy = PrivacyRequests.Id } },
            { "diversions: \">= 1\"", P with { Diversions = [Party.Parse("+331")] }, P },
            { "schedule: \"wed 11:00-13:00\"", P, P with { At = Calls.Noon.AddDays(1) } },
            { "schedule: [\"sat,sun\", \"22:00-07:00\"]", P with { At = Calls.Noon.AddHours(12) }, P },
            {
                "calls-per-minute: \"> 30\"",
                P with
                {
                    Rates = R with { CallsPerMinute = 31 },
                },
                P with
                {
                    Rates = R with { CallsPerMinute = 30 },
                }
            },
            {
                "calls-per-hour: \">= 5\"",
                P with
                {
                    Rates = R with { CallsPerHour = 5 },
                },
                P with
                {
                    Rates = R with { CallsPerHour = 4 },
                }
            },
            {
                "calls-per-day: 7",
                P with
                {
                    Rates = R with { CallsPerDay = 7 },
                },
                P with
                {
                    Rates = R with { CallsPerDay = 8 },
                }
            },
            {
                "distinct-callees: \"5..10\"",
                P with
                {
                    Rates = R with { DistinctCallees = 10 },
                },
                P with
                {
                    Rates = R with { DistinctCallees = 11 },
                }
            },
            {
                "answer-ratio: \"< 0.2\"",
                P with
                {
                    Rates = R with { AnswerRatio = 0.19 },
                },
                P with
                {
                    Rates = R with { AnswerRatio = 0.2 },
                }
            },
            {
                "short-call-ratio: \"<= 0.5\"",
                P with
                {
                    Rates = R with { ShortCallRatio = 0.5 },
                },
                P with
                {
                    Rates = R with { ShortCallRatio = 0.51 },
                }
            },
            { "refusals: \"> 0\"", P with { Rates = R with { Refusals = 1 } }, P },
            { "invalid-ratio: \"> 0.1\"", P with { Rates = R with { InvalidRatio = 0.2 } }, P },
            { "neighbour-ratio: \"> 0.9\"", P with { Rates = R with { NeighbourRatio = 1 } }, P },
            { "sequential-run: \"> 3\"", P with { Rates = R with { SequentialRun = 4 } }, P },
            { "block-callers: \"> 8\"", P with { Rates = R with { BlockCallers = 9 } }, P },
            { "callers-of-callee: \"> 4\"", P with { Rates = R with { CallersOfCallee = 5 } }, P },
            { "known-hours: 0", P, P with { Rates = R with { KnownHours = 1 } } },
            { "reputation: \"< 30\"", P with { Reputation = new ReputationFacts(29, 3, vouched: false) }, P },
            { "reporters: \">= 3\"", P with { Reputation = new ReputationFacts(29, 3, vouched: false) }, P },
            { "vouched: true", P with { Reputation = new ReputationFacts(100, 0, vouched: true) }, P },
            {
                "recent-attempts: \">= 2\"",
                P with
                {
                    History = new CalleeHistory(Dialled: false, Answered: false, Contact: false, RecentAttempts: 2),
                },
                P
            },
            { "differing-digits: \"<= 4\"", P with { Caller = Party.Parse("+33199009999") }, P },
            { "challenge: failed", P with { Challenge = ChallengeState.Failed }, P },
            { "not: { trunk: carrier-b }", P, P with { Trunk = "carrier-b" } },
            { "not: { trunk: carrier-a, attestation: C }", P, P with { Attestation = Attestation.C } },
            {
                "any: [ { trunk: x }, { attestation: A, anonymous: false } ]",
                P,
                P with
                {
                    Attestation = Attestation.B,
                }
            },
            { "trunk: carrier-a, attestation: A", P, P with { Trunk = "carrier-b" } },
        };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void A_condition_holds_for_the_one_and_not_for_the_other(string when, CallFacts held, CallFacts other)
    {
        var policy = Calls.Policy($"  - {{ name: r, when: {{ {when} }}, then: refuse 608 }}\n");
        var verdict = policy.Decide(held);
        verdict.Decision.ShouldBe(Decision.Refuse);
        verdict.Rule.ShouldBe("r");
        verdict.Reasons.ShouldNotBeEmpty();
        verdict.Reasons.ShouldAllBe(r => r.Fact != FactName.None && r.Rule == "r");
        policy.Decide(other).Decision.ShouldBe(Decision.Progress);
    }

    [Fact]
    public void The_table_has_every_fact()
    {
        var asked = Table.Select(row => row.Data.Item1).ToArray();
        // These decide before any rule is asked, so that a rule about them only ever marks.
        FactName[] decidedBefore = [FactName.Dialled, FactName.Answered, FactName.Contact, FactName.Emergency];
        foreach (var fact in FactCatalogue.Askable.Except(decidedBefore))
        {
            asked.ShouldContain(a => a.Contains(FactNames.Of(fact) + ":", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("dialled: true", FactName.Dialled)]
    [InlineData("answered: true", FactName.Answered)]
    [InlineData("contact: true", FactName.Contact)]
    [InlineData("emergency: [call, window]", FactName.Emergency)]
    public void What_decides_before_any_rule_can_still_mark(string when, FactName fact)
    {
        var held =
            fact == FactName.Emergency
                ? P with
                {
                    Emergency = EmergencyContext.Window,
                }
                : P with
                {
                    History = new CalleeHistory(
                        fact == FactName.Dialled,
                        fact == FactName.Answered,
                        fact == FactName.Contact,
                        0
                    ),
                };
        var policy = Calls.Policy($"  - {{ when: {{ {when} }}, then: mark seen }}\n");
        policy.Decide(held).Marks.ShouldBe(["seen"]);
        policy.Decide(P).Marks.ShouldBeEmpty();
    }
}
