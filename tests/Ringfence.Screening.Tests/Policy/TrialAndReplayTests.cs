using System.Text.Json;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;

namespace Ringfence.Screening.Tests.Policy;

public sealed class TrialAndReplayTests
{
    private const string Old = "  - { name: c, when: { attestation: C }, then: challenge press-digit }\n";

    private const string New = """
          - { name: note, when: { trunk: carrier-b }, then: mark b }
          - { name: c, when: { attestation: C }, then: refuse 608 }
          - { name: none, when: { attestation: none }, then: challenge press-digit }
          - { name: all, then: progress }
        """;

    [Fact]
    public void A_trial_tells_what_became_of_every_rule()
    {
        var trial = PolicyTrial.Of(
            Calls.Policy(New),
            Calls.Plain with
            {
                Trunk = "carrier-b",
                Attestation = Attestation.None,
                Challenge = ChallengeState.Passed,
            }
        );
        trial
            .Steps.Select(s => (s.Rule, s.Outcome, s.Missing))
            .ShouldBe([
                ("note", StepOutcome.Marked, null),
                ("c", StepOutcome.DidNotHold, "attestation: C (it was: none)"),
                ("none", StepOutcome.AlreadyPassed, null),
                ("all", StepOutcome.Decided, null),
            ]);
        trial.Steps[1].Action.ShouldBe("refuse 608");
        JsonSerializer.Serialize(trial, ScreeningJson.Default.PolicyTrial).ShouldContain("\"outcome\":\"Decided\"");

        var emergency = PolicyTrial.Of(
            Calls.Policy(New),
            Calls.Plain with
            {
                Attestation = Attestation.C,
                Emergency = EmergencyContext.Call,
            }
        );
        emergency.Steps[1].Outcome.ShouldBe(StepOutcome.CameTooLate);
    }

    [Fact]
    public void A_replay_tells_which_calls_would_fare_differently()
    {
        var records = new[]
        {
            Calls.Plain,
            Calls.Plain with
            {
                Attestation = Attestation.C,
            },
            Calls.Plain with
            {
                Attestation = Attestation.C,
                Emergency = EmergencyContext.Window,
            },
            Calls.Plain with
            {
                Attestation = Attestation.None,
            },
            Calls.Plain with
            {
                Attestation = Attestation.C,
                Caller = Party.Parse("+33700000000"),
            },
            Calls.Plain with
            {
                Trunk = "carrier-b",
            },
        };

        var report = PolicyReplay.Compare(Calls.Policy(Old), Calls.Policy(New), records, keep: 3);

        report.Calls.ShouldBe(6);
        report.Changed.ShouldBe(4);
        report.Summary.ShouldBe([
            new ReplayChange("challenge press-digit", "refuse 608", "c", 2),
            new ReplayChange("progress", "challenge press-digit", "none", 1),
            new ReplayChange("progress", "progress [b]", "all", 1),
        ]);
        report.Differences.Length.ShouldBe(3);
        report
            .Rows()
            .First()
            .ShouldBe([
                "2026-03-04 12:00:00Z",
                "+33612345678",
                "+33199001234",
                "carrier-a",
                "challenge press-digit",
                "refuse 608",
                "c",
            ]);
        report
            .ToString()
            .ShouldStartWith("4 of 6 calls would fare differently: 2 challenge press-digit -> refuse 608 (c), ");
        JsonSerializer.Serialize(report, ScreeningJson.Default.ReplayReport).ShouldContain("\"changed\":4");
    }

    [Fact]
    public void A_side_with_lists_looks_callers_up_in_them_and_leaves_the_callees_own()
    {
        var policy = Calls.Policy("  - { name: spam, when: { caller-in: spam }, then: refuse 608 }\n");
        var builder = new NumberListBuilder();
        builder.TryAdd("+33612*", label: null, out _).ShouldBeTrue();
        var lists = new ListCatalogue();
        lists.Replace("spam", builder.Build());
        var listed = Calls.Plain with { Lists = Calls.On("spam") };

        new ReplaySide(policy).Decide(listed).Rule.ShouldBe("spam", "as it was when the call came");
        new ReplaySide(policy).Decide(Calls.Plain).Rule.ShouldBeEmpty();
        new ReplaySide(policy, lists).Decide(Calls.Plain).Rule.ShouldBe("spam");
        new ReplaySide(policy, new ListCatalogue()).Decide(listed).Rule.ShouldBeEmpty();
        var blocked = Calls.Plain with { Lists = Calls.On(WellKnownLists.CalleeBlocked) };
        new ReplaySide(policy, lists).Decide(blocked).DecidedBy.ShouldBe(DecidedBy.User);
    }

    [Fact]
    public void A_policy_changes_nothing_against_itself()
    {
        var policy = Calls.Policy(New);
        var report = PolicyReplay.Compare(
            policy,
            policy,
            [Calls.Plain, Calls.Plain with { Attestation = Attestation.C }]
        );
        report.Changed.ShouldBe(0);
        report.ToString().ShouldBe("0 of 2 calls would fare differently");
    }

    [Fact]
    public void A_recorded_call_fares_as_it_did()
    {
        var facts = Calls.Plain with { Lists = Calls.On("blocked"), Attestation = Attestation.C };
        var record = JsonSerializer.Serialize(facts, ScreeningJson.Default.CallFacts);
        var again = JsonSerializer.Deserialize(record, ScreeningJson.Default.CallFacts)!;
        var (first, second) = (ScreeningPolicy.Default.Decide(facts), ScreeningPolicy.Default.Decide(again));
        second.Rule.ShouldBe(first.Rule);
        second.Reasons.ShouldBe(first.Reasons);
    }
}
