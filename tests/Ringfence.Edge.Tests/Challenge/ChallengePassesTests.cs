using Ringfence.Edge.Challenge;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Time;

namespace Ringfence.Edge.Tests.Challenge;

public sealed class ChallengePassesTests
{
    private static readonly Party Callee = Party.Parse("+4930123456");
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_pass_lasts_a_day_and_a_later_one_from_then_on()
    {
        var passes = new ChallengePasses(_clock);
        passes.Add(Number(1), Callee);
        _clock.Advance(TimeSpan.FromHours(23));
        passes.Holds(Number(1), Callee).ShouldBeTrue();
        passes.Add(Number(1), Callee);
        _clock.Advance(TimeSpan.FromHours(23));
        passes.Holds(Number(1), Callee).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromHours(1));
        passes.Holds(Number(1), Callee).ShouldBeFalse();
    }

    [Fact]
    public void It_is_for_this_caller_and_this_callee_only()
    {
        var passes = new ChallengePasses(_clock);
        passes.Add(Number(1), Callee);
        passes.Holds(Number(2), Callee).ShouldBeFalse();
        passes.Holds(Number(1), Number(2)).ShouldBeFalse();
        passes.Holds(Callee, Number(1)).ShouldBeFalse();
    }

    [Fact]
    public void Callers_without_a_name_are_not_remembered()
    {
        var passes = new ChallengePasses(_clock);
        foreach (Party nobody in new[] { Party.Anonymous, default, Party.Parse("sip:@") })
        {
            passes.Add(nobody, Callee);
            passes.Holds(nobody, Callee).ShouldBeFalse();
        }

        passes.Count.ShouldBe(0);
    }

    [Fact]
    public void It_never_keeps_more_than_it_may_and_the_oldest_go_first()
    {
        var passes = new ChallengePasses(_clock, capacity: 100);
        for (int i = 0; i < 1000; i++)
        {
            passes.Add(Number(i % 150), Callee);
            passes.Count.ShouldBeLessThanOrEqualTo(100);
            passes.Holds(Number(i % 150), Callee).ShouldBeTrue();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        passes.Holds(Number(999 % 150), Callee).ShouldBeTrue();
        passes.Holds(Number((999 + 1) % 150), Callee).ShouldBeFalse();
    }

    [Fact]
    public void What_is_over_is_cleared_away()
    {
        var passes = new ChallengePasses(_clock);
        for (int i = 0; i < 10; i++)
        {
            passes.Add(Number(i), Callee);
        }

        _clock.Advance(TimeSpan.FromHours(24));
        passes.Add(Number(11), Callee);
        passes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(DecidedBy.User, RefusalCode.ByWhoDecided, RefusalCode.Unwanted)]
    [InlineData(DecidedBy.Operator, RefusalCode.ByWhoDecided, RefusalCode.Rejected)]
    [InlineData(DecidedBy.Law, RefusalCode.ByWhoDecided, RefusalCode.Rejected)]
    [InlineData(DecidedBy.User, RefusalCode.TemporarilyUnavailable, RefusalCode.TemporarilyUnavailable)]
    public void The_code_of_a_failed_challenge_follows_from_who_asked_for_it(
        DecidedBy who,
        RefusalCode given,
        RefusalCode code
    )
    {
        Verdict refused = ChallengeRefusal.Of(
            new Verdict
            {
                Decision = Decision.Challenge,
                DecidedBy = who,
                Reasons = [],
            },
            given
        );
        refused.Decision.ShouldBe(Decision.Refuse);
        refused.Code.ShouldBe(code);
        refused.DecidedBy.ShouldBe(who);
    }

    private static Party Number(int i) => Party.Parse($"+3319900{i:0000}");
}
