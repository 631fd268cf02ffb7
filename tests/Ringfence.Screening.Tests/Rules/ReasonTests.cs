using System.Text.Json;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Tests.Rules;

public sealed class ReasonTests
{
    [Fact]
    public void Every_fact_has_its_sentence_in_every_language()
    {
        var texts = ReasonTexts.Texts;
        texts
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe(
                Enum.GetValues<FactName>()
                    .Select(FactNames.Of)
                    .Concat(["asked", "asked-not"])
                    .Order(StringComparer.Ordinal)
            );
        foreach (var key in texts.Keys)
        {
            var sentences = LocalTexts.Languages.Select(l => texts.Of(key, l)).ToArray();
            sentences.Distinct().Count().ShouldBe(4, key);
            sentences.ShouldAllBe(s => s.Contains("{0}") == sentences[0].Contains("{0}") && s.Length > 5);
        }
    }

    [Theory]
    [InlineData("en", "dials fast: 42 calls in the last minute (the rule asks for: > 30)")]
    [InlineData("fr", "appelle vite: 42 appels pendant la dernière minute (la règle demande\u00a0: > 30)")]
    [InlineData("es", "dials fast: 42 llamadas en el último minuto (la regla pide: > 30)")]
    [InlineData("de", "dials fast: 42 Anrufe in der letzten Minute (die Regel verlangt: > 30)")]
    [InlineData("xx", "dials fast: 42 calls in the last minute (the rule asks for: > 30)")]
    public void A_reason_says_what_was_so_and_what_was_asked(string language, string text)
    {
        var policy = Calls.Policy(
            "  - { name: fast, when: { calls-per-minute: \"> 30\" }, then: refuse, because: { en: dials fast, fr: appelle vite } }\n"
        );
        var reason = policy
            .Decide(Calls.Plain with { Rates = RateFacts.Unseen with { CallsPerMinute = 42 } })
            .Reasons.Single();
        reason.Rule.ShouldBe("fast");
        reason.Fact.ShouldBe(FactName.CallsPerMinute);
        reason.Observed.ShouldBe("42");
        reason.Text(language).ShouldBe(text);
    }

    [Fact]
    public void There_is_a_reason_for_each_condition_that_held()
    {
        var policy = Calls.Policy(
            """
              - name: r
                when: { trunk: carrier-a, any: [ { attestation: C }, { attestation: A, not: { display-name: "*bank*" } } ], caller-in: odd }
                then: refuse 608
            """
        );
        var verdict = policy.Decide(
            Calls.Plain with
            {
                Lists = [new ListHit("odd", ListSubject.Caller, "+336*", "scam")],
            }
        );
        verdict
            .Reasons.Select(r => (r.Fact, r.Observed, r.Negated))
            .ShouldBe([
                (FactName.Trunk, "carrier-a", false),
                (FactName.Attestation, "A", false),
                (FactName.DisplayName, "Alice Martin", true),
                (FactName.CallerIn, "odd (+336*: scam)", false),
            ]);
        verdict.Reasons[2].Text().ShouldContain("anything but: *bank*");
    }

    [Fact]
    public void A_rule_without_conditions_still_gives_a_reason()
    {
        var reason = Calls
            .Policy("  - { name: all, then: refuse 608, because: closed }\n")
            .Decide(Calls.Plain)
            .Reasons.Single();
        reason.Text().ShouldBe("closed: no other rule objects");
    }

    [Fact]
    public void A_verdict_survives_a_record()
    {
        var verdict = ScreeningPolicy.Default.Decide(Calls.Plain with { Lists = Calls.On("do-not-originate") });
        var json = JsonSerializer.Serialize(verdict, ScreeningJson.Default.Verdict);
        var back = JsonSerializer.Deserialize(json, ScreeningJson.Default.Verdict);
        back.Rule.ShouldBe("do-not-originate");
        back.Reasons.Single().Text("fr").ShouldBe(verdict.Reasons.Single().Text("fr"));
        JsonSerializer.Serialize(back, ScreeningJson.Default.Verdict).ShouldBe(json);
    }
}
