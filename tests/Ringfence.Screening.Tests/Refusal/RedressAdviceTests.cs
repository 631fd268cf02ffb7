using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Refusal;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Refusal;

public sealed class RedressAdviceTests
{
    private static readonly ScreeningPolicy Policy = Calls.Policy(
        "  - { owner: law, when: { caller-in: dno }, then: refuse }\n  - { name: hush, then: refuse 608 }\n"
    );

    [Theory]
    [InlineData("", Attestation.A, VerificationOutcome.Passed, "Our screening refused", "attestation A")]
    [InlineData("", Attestation.B, VerificationOutcome.Passed, "Our screening refused", "attestation B only")]
    [InlineData("", Attestation.C, VerificationOutcome.Passed, "Our screening refused", "attestation C only")]
    [InlineData("", Attestation.None, VerificationOutcome.Absent, "Our screening refused", "was not signed")]
    [InlineData("dno", Attestation.None, VerificationOutcome.Failed, "must not be used", "did not hold")]
    [InlineData(
        WellKnownLists.CalleeBlocked,
        Attestation.A,
        VerificationOutcome.Passed,
        "Only the called party can change that",
        "attestation A"
    )]
    public void A_refused_caller_is_told_what_happened_and_what_to_do(
        string list,
        Attestation attestation,
        VerificationOutcome outcome,
        string what,
        string how
    )
    {
        var facts = Calls.Plain with { Lists = Calls.On(list), Attestation = attestation, Verification = outcome };
        var advice = RedressAdvice.For(Policy.Decide(facts), facts, "en");
        advice[0].ShouldContain(what);
        advice[1].ShouldContain(how);
        advice.ShouldAllBe(s => !s.Contains(facts.Callee.Text) && !s.Contains("hush"));
    }

    [Fact]
    public void A_caller_without_number_is_asked_to_show_it()
    {
        var facts = Calls.Plain with { Privacy = PrivacyRequests.Id };
        RedressAdvice.For(Policy.Decide(facts), facts, "de")[1].ShouldContain("unterdrückte die Nummer");
    }

    [Fact]
    public void Every_sentence_is_there_in_every_language()
    {
        var texts = LocalTexts.Load("redress.json");
        foreach (var key in texts.Keys)
        {
            RedressAdvice.Languages.Select(l => texts.Of(key, l)).Distinct().Count().ShouldBe(4, key);
        }

        RedressAdvice.ForUnknown("xx").ShouldBe(RedressAdvice.ForUnknown("en"));
    }
}
