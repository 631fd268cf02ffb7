using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.EarlyMedia;

public sealed class EarlyMediaTests
{
    [Fact]
    public void There_is_no_ringback_without_180() => new RingbackArbiter().Decide(At(0)).ShouldBe(CallerHears.Nothing);

    [Fact]
    public void There_is_local_ringback_after_180_until_something_is_heard()
    {
        var arbiter = new RingbackArbiter();
        arbiter.Alerting();
        arbiter.Decide(At(0)).ShouldBe(CallerHears.LocalRingback);
        arbiter.Packet(isSound: false, At(20));
        arbiter.Decide(At(20)).ShouldBe(CallerHears.LocalRingback);
        arbiter.Packet(isSound: true, At(40));
        arbiter.Decide(At(40)).ShouldBe(CallerHears.FarSide);
    }

    [Fact]
    public void The_pause_of_a_far_ringback_is_no_end_but_lasting_silence_is()
    {
        var arbiter = new RingbackArbiter();
        arbiter.Alerting();
        arbiter.Packet(isSound: true, At(0));
        for (var at = 20; at <= 8000; at += 20)
        {
            arbiter.Packet(isSound: false, At(at));
            arbiter.Decide(At(at)).ShouldBe(CallerHears.FarSide);
        }
        arbiter.Packet(isSound: false, At(8020));
        arbiter.Decide(At(8020)).ShouldBe(CallerHears.LocalRingback);
    }

    [Fact]
    public void Local_ringback_comes_back_when_the_stream_stops_and_never_after_the_answer()
    {
        var arbiter = new RingbackArbiter();
        arbiter.Alerting();
        arbiter.Packet(isSound: true, At(0));
        arbiter.Decide(At(1000)).ShouldBe(CallerHears.FarSide);
        arbiter.Decide(At(1001)).ShouldBe(CallerHears.LocalRingback);
        arbiter.Answered();
        arbiter.Decide(At(100_000)).ShouldBe(CallerHears.FarSide);
    }

    [Fact]
    public void The_first_that_is_heard_is_let_through_and_stays()
    {
        var gate = new ForkGate(ForkPolicy.FirstHeard);
        gate.Add("a");
        gate.Add("b");
        gate.Chosen.ShouldBeNull();
        gate.Heard("b");
        gate.Heard("a");
        gate.Chosen.ShouldBe("b");
        gate.Ended("b");
        gate.Chosen.ShouldBe("a");
        gate.Heard("unknown");
        gate.Answered("c");
        gate.Heard("a");
        gate.Chosen.ShouldBe("c");
    }

    [Fact]
    public void The_first_provisional_and_the_highest_priority_are_the_other_policies()
    {
        var first = new ForkGate(ForkPolicy.FirstProvisional);
        first.Add("a");
        first.Add("b");
        first.Heard("b");
        first.Chosen.ShouldBe("a");
        var best = new ForkGate(ForkPolicy.Priority);
        best.Add("a", 1);
        best.Add("b", 5);
        best.Heard("a");
        best.Chosen.ShouldBe("a");
        best.Heard("b");
        best.Chosen.ShouldBe("b");
    }

    [Fact]
    public void Forks_are_bounded()
    {
        var gate = new ForkGate(ForkPolicy.FirstHeard);
        for (var i = 0; i < ForkGate.MaxForks; i++)
        {
            gate.Add($"{i}").ShouldBeTrue();
        }
        gate.Add("more").ShouldBeFalse();
        gate.Add("3").ShouldBeTrue();
        gate.Heard("more");
        gate.Chosen.ShouldBeNull();
    }

    [Theory]
    [InlineData("sendrecv", MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData("SendOnly, inactive", MediaDirection.SendOnly, MediaDirection.Inactive)]
    [InlineData("recvonly", MediaDirection.RecvOnly, MediaDirection.RecvOnly)]
    [InlineData("x-new, inactive, gated", MediaDirection.Inactive, MediaDirection.Inactive)]
    [InlineData("supported", MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData("", MediaDirection.SendRecv, MediaDirection.SendRecv)]
    public void The_last_direction_holds_for_all_that_follow(string value, MediaDirection first, MediaDirection third)
    {
        var authorization = EarlyMediaAuthorization.Parse(value);
        authorization.Of(0).ShouldBe(first);
        authorization.Of(2).ShouldBe(third);
        authorization.IsGated.ShouldBe(value.Contains("gated", StringComparison.Ordinal));
        authorization.IsSupported.ShouldBe(value == "supported");
        authorization.IsRequest.ShouldBe(value is not ("" or "supported"));
    }

    [Fact]
    public void Forks_that_cannot_be_told_apart_get_what_all_authorize()
    {
        var both = EarlyMediaAuthorization
            .Parse("sendonly, sendrecv")
            .MostRestrictive(EarlyMediaAuthorization.Parse("sendrecv, recvonly"));
        both.Of(0).ShouldBe(MediaDirection.SendOnly);
        both.Of(1).ShouldBe(MediaDirection.RecvOnly);
        both.MostRestrictive(EarlyMediaAuthorization.All).Of(5).ShouldBe(MediaDirection.RecvOnly);
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
