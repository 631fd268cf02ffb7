using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Rules;

/// <summary>The order that spares wanted callers: each step decides over all the steps after it.</summary>
public sealed class OrderTests
{
    private const string AllStages = """
          - { name: op, when: { verification: failed }, then: refuse 438 }
          - { name: reputation, when: { reputation: "< 30" }, then: refuse 608 }
          - { name: rates, when: { calls-per-minute: "> 30" }, then: refuse 608 }
          - { name: suspicion, when: { attestation: none }, then: challenge press-digit }
          - { name: users, owner: user, when: { caller: "+336*" }, then: refuse 607 }
          - { name: laws, owner: law, when: { caller-in: do-not-originate }, then: refuse 403 }
        """;

    // Every objection at once; the steps are taken away one after the other, and the next one speaks.
    public static TheoryData<string, DecidedBy, string, Decision, RefusalCause> Steps { get; } =
        new()
        {
            { "emergency", DecidedBy.Emergency, "", Decision.Progress, RefusalCause.None },
            { "law", DecidedBy.Law, "laws", Decision.Refuse, RefusalCause.InvalidCaller },
            { "allowed", DecidedBy.User, "", Decision.Progress, RefusalCause.None },
            { "dialled", DecidedBy.User, "", Decision.Progress, RefusalCause.None },
            { "answered", DecidedBy.User, "", Decision.Progress, RefusalCause.None },
            { "contact", DecidedBy.User, "", Decision.Progress, RefusalCause.None },
            { "users", DecidedBy.User, "users", Decision.Refuse, RefusalCause.Unwanted },
            { "blocked", DecidedBy.User, "", Decision.Refuse, RefusalCause.Unwanted },
            { "anonymous", DecidedBy.User, "", Decision.Refuse, RefusalCause.Anonymous },
            { "quiet", DecidedBy.User, "", Decision.Refuse, RefusalCause.NotHere },
            { "strangers", DecidedBy.User, "", Decision.Challenge, RefusalCause.None },
            { "verification", DecidedBy.Operator, "op", Decision.Refuse, RefusalCause.Identity },
            { "reputation", DecidedBy.Operator, "reputation", Decision.Refuse, RefusalCause.Analytics },
            { "rates", DecidedBy.Operator, "rates", Decision.Refuse, RefusalCause.Analytics },
            { "challenge", DecidedBy.Operator, "suspicion", Decision.Challenge, RefusalCause.None },
            { "nothing", DecidedBy.Default, "", Decision.Progress, RefusalCause.None },
        };

    [Theory]
    [MemberData(nameof(Steps))]
    public void The_first_step_that_is_left_decides(
        string step,
        DecidedBy who,
        string rule,
        Decision decision,
        RefusalCause cause
    )
    {
        var verdict = Calls.Policy(AllStages).Decide(FactsFrom(step));
        verdict.DecidedBy.ShouldBe(who);
        verdict.Rule.ShouldBe(rule);
        verdict.Decision.ShouldBe(decision);
        verdict.Cause.ShouldBe(cause);
        verdict.Reasons.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(EmergencyContext.Call)]
    [InlineData(EmergencyContext.CallBack)]
    [InlineData(EmergencyContext.Window)]
    [InlineData(EmergencyContext.Call | EmergencyContext.Window)]
    public void No_rule_of_any_owner_stops_an_emergency(EmergencyContext emergency)
    {
        foreach (var owner in new[] { "law", "user", "operator" })
        {
            foreach (var does in new[] { "refuse 603", "challenge say-who" })
            {
                var verdict = Calls
                    .Policy($"  - {{ owner: {owner}, then: {does} }}\n")
                    .Decide(Calls.Plain with { Emergency = emergency });
                verdict.Decision.ShouldBe(Decision.Progress);
                verdict.DecidedBy.ShouldBe(DecidedBy.Emergency);
            }
        }
    }

    [Theory]
    [InlineData("112", true)]
    [InlineData("sip:911@example.com", true)]
    [InlineData("urn:service:sos.fire", true)]
    [InlineData("+33112", false)]
    [InlineData("1123", false)]
    [InlineData("urn:service:counseling", false)]
    public void An_emergency_number_is_never_refused_even_where_nobody_said_that_it_is_one(
        string callee,
        bool isEmergency
    )
    {
        var verdict = Calls
            .Policy("  - { owner: law, then: refuse }\n")
            .Decide(Calls.Plain with { Callee = Party.Parse(callee) });
        verdict.Decision.ShouldBe(isEmergency ? Decision.Progress : Decision.Refuse);
        verdict.Reasons.Single().Text().ShouldContain(isEmergency ? "emergency (call)" : "no other rule");
    }

    [Fact]
    public void Rules_of_one_owner_are_tried_as_written_and_the_first_decides()
    {
        var policy = Calls.Policy(
            """
              - { name: a, when: { trunk: other }, then: refuse 608 }
              - { name: b, when: { trunk: carrier-a }, then: progress }
              - { name: c, then: refuse 608 }
            """
        );
        policy.Decide(Calls.Plain).Rule.ShouldBe("b");
        policy.Decide(Calls.Plain with { Trunk = "x" }).Rule.ShouldBe("c");
    }

    [Fact]
    public void A_caller_who_passed_goes_on_to_the_next_rule()
    {
        var policy = Calls.Policy(
            """
              - { name: ask, then: challenge press-digit }
              - { name: next, when: { attestation: none }, then: refuse 608 }
            """
        );
        var passed = Calls.Plain with { Challenge = ChallengeState.Passed };
        policy.Decide(Calls.Plain).Decision.ShouldBe(Decision.Challenge);
        policy.Decide(Calls.Plain with { Challenge = ChallengeState.Failed }).Decision.ShouldBe(Decision.Challenge);
        policy.Decide(passed).Decision.ShouldBe(Decision.Progress);
        policy.Decide(passed with { Attestation = Attestation.None }).Rule.ShouldBe("next");
    }

    [Fact]
    public void Marks_are_put_whoever_decides_and_decide_nothing()
    {
        var policy = Calls.Policy(
            """
              - { when: { trunk: carrier-a }, then: mark one }
              - { name: stop, then: refuse 608 }
              - { when: { attestation: A }, then: mark two }
              - { when: { attestation: C }, then: mark three }
            """
        );
        var verdict = policy.Decide(Calls.Plain);
        verdict.Marks.ShouldBe(["one", "two"]);
        verdict.Rule.ShouldBe("stop");
        policy.Decide(Calls.Plain with { Emergency = EmergencyContext.Call }).Marks.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void A_rule_about_the_callees_own_list_is_the_users()
    {
        var policy = Calls.Policy(
            "  - { when: { caller-in: callee.blocked }, then: refuse 607, because: \"blocked by the called party\" }\n"
        );
        policy.Rules.Single().Owner.ShouldBe(RuleOwner.User);
        var verdict = policy.Decide(Calls.Plain with { Lists = Calls.On(WellKnownLists.CalleeBlocked) });
        verdict.DecidedBy.ShouldBe(DecidedBy.User);
        verdict.Code.ShouldBe(RefusalCode.Unwanted);
        verdict.Reasons.Single().Text().ShouldStartWith("blocked by the called party: ");
    }

    [Fact]
    public void Strangers_are_refused_where_the_callee_wants_none()
    {
        var policy = Calls.Policy("  - { then: progress }\n");
        var facts = Calls.Plain with { Preferences = new CalleePreferences { Strangers = StrangerWish.Refuse } };
        policy.Decide(facts).Cause.ShouldBe(RefusalCause.Unwanted);
        policy
            .Decide(facts with { History = new CalleeHistory(Dialled: true, Answered: false, Contact: false, 0) })
            .Decision.ShouldBe(Decision.Progress);
        var sayWho = Calls.Plain with
        {
            Preferences = new CalleePreferences { Strangers = StrangerWish.SayWho },
            Challenge = ChallengeState.Passed,
        };
        policy.Decide(sayWho).Decision.ShouldBe(Decision.Progress);
    }

    private static CallFacts FactsFrom(string step)
    {
        string[] order =
        [
            "emergency",
            "law",
            "allowed",
            "dialled",
            "answered",
            "contact",
            "users",
            "blocked",
            "anonymous",
            "quiet",
            "strangers",
            "verification",
            "reputation",
            "rates",
            "challenge",
            "nothing",
        ];
        bool Has(string name) => Array.IndexOf(order, name) >= Array.IndexOf(order, step);
        Schedule.TryParse("00:00-24:00", out var always, out _).ShouldBeTrue();
        List<string> lists = [];
        lists.AddRange(Has("law") ? [WellKnownLists.DoNotOriginate] : []);
        lists.AddRange(Has("allowed") ? [WellKnownLists.CalleeAllowed] : []);
        lists.AddRange(Has("blocked") ? [WellKnownLists.CalleeBlocked] : []);
        return Calls.Plain with
        {
            Caller = Party.Parse(Has("users") ? "+33612345678" : "+33712345678"),
            Emergency = Has("emergency") ? EmergencyContext.CallBack : EmergencyContext.None,
            Lists = Calls.On([.. lists]),
            History = new CalleeHistory(Has("dialled"), Has("answered"), Has("contact"), 0),
            Privacy = Has("anonymous") ? PrivacyRequests.Id : PrivacyRequests.None,
            Preferences = new CalleePreferences
            {
                RefuseAnonymous = true,
                Quiet = Has("quiet") ? always : null,
                Strangers = Has("strangers") ? StrangerWish.SayWho : StrangerWish.Default,
            },
            Verification = Has("verification") ? VerificationOutcome.Failed : VerificationOutcome.Absent,
            Reputation = new ReputationFacts(Has("reputation") ? 10 : 100, 3, vouched: false),
            Rates = RateFacts.Unseen with { CallsPerMinute = Has("rates") ? 100 : 1 },
            Attestation = Has("challenge") ? Attestation.None : Attestation.A,
        };
    }
}
