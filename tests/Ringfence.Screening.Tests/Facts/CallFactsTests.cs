using System.Text.Json;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Facts;

public sealed class CallFactsTests
{
    [Fact]
    public void Facts_survive_a_record_whole()
    {
        Schedule.TryParse("mon-fri 22:00-07:00 UTC", out var quiet, out _).ShouldBeTrue();
        var facts = Calls.Plain with
        {
            Attestation = Attestation.B,
            Verification = VerificationOutcome.Failed,
            FailedStep = "signature",
            Privacy = PrivacyRequests.Id | PrivacyRequests.Critical,
            Diversions = [Party.Parse("+33199000001"), Party.Parse("bob@example.com")],
            Lists = [new ListHit("blocked", ListSubject.Caller, "+336*", "scam")],
            Rates = RateFacts.Unseen with { CallsPerMinute = 3, InvalidRatio = 0.25, KnownHours = 7 },
            Reputation = new ReputationFacts(40, 5, vouched: true),
            History = new CalleeHistory(Dialled: true, Answered: false, Contact: true, RecentAttempts: 2),
            Emergency = EmergencyContext.Window,
            Challenge = ChallengeState.Passed,
            Preferences = new CalleePreferences
            {
                Quiet = quiet,
                RefuseAnonymous = true,
                Strangers = StrangerWish.SayWho,
            },
        };

        var json = JsonSerializer.Serialize(facts, ScreeningJson.Default.CallFacts);
        var back = JsonSerializer.Deserialize(json, ScreeningJson.Default.CallFacts)!;

        JsonSerializer.Serialize(back, ScreeningJson.Default.CallFacts).ShouldBe(json);
        (back with { Diversions = facts.Diversions, Lists = facts.Lists, Preferences = facts.Preferences }).ShouldBe(
            facts
        );
        back.Diversions.ShouldBe(facts.Diversions);
        back.Lists.ShouldBe(facts.Lists);
        json.ShouldContain("\"attestation\":\"B\"");
    }

    [Fact]
    public void An_old_record_with_the_bare_minimum_is_read()
    {
        var facts = JsonSerializer.Deserialize(
            """{"at":"2026-03-04T12:00:00+00:00","caller":"+33612345678","callee":"+33199001234"}""",
            ScreeningJson.Default.CallFacts
        )!;
        facts.Lists.ShouldBeEmpty();
        facts.Rates.ShouldBe(RateFacts.Unseen);
        facts.Reputation.ShouldBe(ReputationFacts.Clean);
        ScreeningPolicy.Default.Decide(facts).Decision.ShouldBe(Ringfence.Screening.Rules.Decision.Progress);
    }

    [Theory]
    [InlineData("anonymous@anonymous.invalid", PrivacyRequests.None, true)]
    [InlineData("+33612345678", PrivacyRequests.Id, true)]
    [InlineData("+33612345678", PrivacyRequests.User | PrivacyRequests.Critical, true)]
    [InlineData("+33612345678", PrivacyRequests.Header, false)]
    [InlineData("+33612345678", PrivacyRequests.None, false)]
    public void A_caller_is_anonymous_by_name_or_by_privacy(string caller, PrivacyRequests privacy, bool expected) =>
        (Calls.Plain with { Caller = Party.Parse(caller), Privacy = privacy }).IsAnonymous.ShouldBe(expected);
}
