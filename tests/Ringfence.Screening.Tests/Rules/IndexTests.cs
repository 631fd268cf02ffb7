using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Tests.Lists;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Rules;

public sealed class IndexTests
{
    private static readonly string[] Conditions =
    [
        "attestation: [C, none]",
        "attestation: A",
        "verification: failed",
        "verification: [passed, absent]",
        "trunk: a",
        "trunk: [a, b]",
        "trunk: \"*\"",
        "caller-in: x",
        "caller-in: [x, y]",
        "callee-in: x",
        "caller: \"+3361*\"",
        "caller: [\"+33611\", \"+34*\"]",
        "caller: \"*1\"",
        "callee: \"+331*\"",
        "callee: \"+3310..+3319\"",
        "calls-per-minute: \"> 3\"",
        "calls-per-minute: \"< 2\"",
        "calls-per-minute: \"2..4\"",
        "calls-per-minute: 5",
        "answer-ratio: \"<= 0.5\"",
        "reputation: \"< 50\"",
        "anonymous: true",
        "not: { trunk: a }",
    ];

    [Fact]
    public void The_index_leaves_out_no_rule_that_holds() =>
        Prop.ForAll(
                Gen.Choose(0, Conditions.Length - 1).ListOf().Select(l => l.Take(3).ToArray()).ListOf().ToArbitrary(),
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                (rules, seed) =>
                {
                    // Copies bring every part of the index into play, past one word of bits.
                    var text = string.Concat(Enumerable.Repeat(string.Concat(rules.Take(20).Select(Rule)), 8));
                    var policy = Calls.Policy(text + "  - { then: mark last }\n");
                    var random = new Random(seed);
                    for (var n = 0; n < 20; n++)
                    {
                        var facts = Draw(random);
                        var first = policy.Rules.FirstOrDefault(r => r.Action.Verb != RuleVerb.Mark && r.Holds(facts));
                        policy.Decide(facts).Rule.ShouldBe(first?.Name ?? "");
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void More_rules_than_fit_on_the_stack_are_tried_alike()
    {
        var policy = Calls.Policy(
            string.Concat(
                Enumerable
                    .Range(0, 9000)
                    .Select(n => $"  - {{ name: r{n}, when: {{ caller: \"+33{n:D5}*\" }}, then: refuse 608 }}\n")
            )
        );
        policy.Decide(Calls.Plain with { Caller = Party.Parse("+3308999123") }).Rule.ShouldBe("r8999");
        policy.Decide(Calls.Plain with { Caller = Party.Parse("+3309000123") }).Rule.ShouldBe("");
    }

    [Fact]
    public void A_call_to_which_nobody_objects_allocates_nothing()
    {
        var policy = Calls.Policy(
            string.Concat(
                Enumerable
                    .Range(0, 1000)
                    .Select(n => Rule([n % Conditions.Length, n * 7 % Conditions.Length, n * 5 % 4]))
            ) + "  - { when: { calls-per-minute: \"> 9\" }, then: mark fast }\n"
        );
        var facts = Calls.Plain with
        {
            Attestation = Attestation.B,
            Verification = VerificationOutcome.Unavailable,
            Caller = Party.Parse("+4912345"),
            Lists = Calls.On("other"),
        };
        policy.Decide(facts).DecidedBy.ShouldBe(DecidedBy.Default);
        NumberListTests.AllocationOf(() => policy.Decide(facts)).ShouldBe(0);
    }

    private static string Rule(int[] conditions)
    {
        var distinct = conditions.Select(c => Conditions[c]).DistinctBy(c => c.Split(':')[0]);
        return $"  - {{ when: {{ {string.Join(", ", distinct)} }}, then: refuse 608 }}\n";
    }

    private static CallFacts Draw(Random random) =>
        Calls.Plain with
        {
            Caller = Party.Parse(Pick(random, "+33611", "+336112", "+34999", "+331", "alice@example.com", "")),
            Callee = Party.Parse(Pick(random, "+3315", "+33155", "+44", "3000")),
            Trunk = Pick(random, "a", "b", "c", ""),
            Attestation = Pick(random, Enum.GetValues<Attestation>()),
            Verification = Pick(random, Enum.GetValues<VerificationOutcome>()),
            Lists = Pick(
                random,
                Calls.On(),
                Calls.On("x"),
                Calls.On("y", "z"),
                [new ListHit("x", ListSubject.Callee, "+3")]
            ),
            Rates = RateFacts.Unseen with { CallsPerMinute = random.Next(7), AnswerRatio = random.NextDouble() },
            Reputation = new ReputationFacts(random.Next(100), 1, vouched: false),
            Privacy = random.Next(2) == 0 ? PrivacyRequests.Id : PrivacyRequests.None,
        };

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];
}
