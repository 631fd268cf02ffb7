using Ringfence.Edge.Storage;
using Ringfence.Edge.Tests.Stages;
using Ringfence.Edge.Web.Operate;

namespace Ringfence.Edge.Tests.Web;

/// <summary>The last hour of calls, counted as records are written.</summary>
public sealed class CallBoardTests
{
    private readonly TestClock _clock = new();
    private readonly CallBoard _board;

    public CallBoardTests() => _board = new CallBoard(_clock);

    [Fact]
    public void A_minute_has_its_verdicts_and_the_hour_forgets()
    {
        _board.Add([Record("Progress"), Record("Refuse"), Record("Refuse"), Record("Challenge")]);
        _clock.Advance(TimeSpan.FromMinutes(59));
        HourOfCalls hour = _board.Hour();
        hour.Minutes[0].ShouldBe([1, 1, 2]);
        (hour.Total, hour.Most, hour.Of(2)).ShouldBe((4, 4, 2));

        _clock.Advance(TimeSpan.FromMinutes(1));
        _board.Hour().Total.ShouldBe(0);
    }

    [Fact]
    public void A_record_that_takes_the_place_of_another_counts_once()
    {
        CallRecord call = Record("Progress");
        _board.Add([call]);
        _board.Add([call with { Said = "unwanted (MidCall): Counted", IsAgain = true }]);
        _board.Hour().Total.ShouldBe(1);
    }

    [Fact]
    public void A_silent_183_is_one_that_described_media_of_which_nothing_came()
    {
        _board.Add([
            Record("Progress") with
            {
                CalleeMedia = 1,
                FirstRtpMs = -1,
            },
            Record("Progress") with
            {
                CalleeMedia = 1,
                FirstRtpMs = 300,
            },
            Record("Progress") with
            {
                CalleeMedia = 0,
                FirstRtpMs = -1,
            },
            Record("Progress") with
            {
                CalleeMedia = -1,
            },
        ]);
        _board.Hour().Early["t"].ShouldBe(new EarlyHealth(3, 2, 1, 300, 1));
    }

    [Fact]
    public void What_identities_are_worth_is_the_attestation_else_what_verification_said()
    {
        _board.Add([
            Record("Progress") with
            {
                Verification = "Passed",
                Attestation = "A",
            },
            Record("Progress") with
            {
                Verification = "Failed",
            },
            Record("Progress"),
        ]);
        _board
            .Hour()
            .Identities.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .ShouldBe(["", "A", "Failed"]);
    }

    [Fact]
    public void Who_waits_is_told_of_the_next_batch()
    {
        Task changed = _board.Changed;
        changed.IsCompleted.ShouldBeFalse();
        _board.Add([Record("Progress")]);
        changed.IsCompleted.ShouldBeTrue();
        _board.Changed.IsCompleted.ShouldBeFalse();
    }

    private CallRecord Record(string verdict) =>
        new()
        {
            Id = "x",
            Started = _clock.GetUtcNow(),
            Trunk = "t",
            SipCallId = "c",
            Caller = "+33199000001",
            Callee = "+33199000002",
            Verdict = verdict,
            Reasons = "",
        };
}
