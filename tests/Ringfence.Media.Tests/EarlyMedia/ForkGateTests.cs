using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.EarlyMedia;

public sealed class ForkGateTests
{
    [Fact]
    public void What_is_not_authorized_is_not_let_through_by_any_policy()
    {
        foreach (var policy in Enum.GetValues<ForkPolicy>())
        {
            var gate = new ForkGate(policy);
            gate.Add("a");
            gate.Authorize("a", MediaDirection.Inactive);
            gate.Heard("a");
            gate.Chosen.ShouldBeNull();
            gate.MayBeHeard("a").ShouldBeFalse();
            gate.Authorize("a", MediaDirection.SendOnly);
            gate.Chosen.ShouldBe("a");
            gate.MayHearCaller("a").ShouldBeFalse();
            gate.Authorize("a", MediaDirection.RecvOnly);
            gate.Chosen.ShouldBeNull();
            gate.Answered("a");
            gate.Chosen.ShouldBe("a");
            gate.MayHearCaller("a").ShouldBeTrue();
        }
    }

    [Fact]
    public void By_P_Early_Media_the_first_that_is_authorized_is_heard()
    {
        var gate = new ForkGate(ForkPolicy.Authorized);
        gate.Add("a");
        gate.Heard("a");
        gate.Chosen.ShouldBeNull();
        gate.Add("b");
        gate.Authorize("b", MediaDirection.SendRecv);
        gate.Authorize("a", MediaDirection.SendRecv);
        gate.Chosen.ShouldBe("b");
    }

    [Fact]
    public void Two_dialogs_on_one_stream_may_what_both_may()
    {
        var gate = new ForkGate(ForkPolicy.FirstHeard);
        gate.Add("a");
        gate.Authorize("a", MediaDirection.SendOnly);
        gate.Heard("a");
        gate.Add("b");
        gate.Authorize("b", MediaDirection.RecvOnly);
        gate.Rename("a", "b");
        gate.MayBeHeard("b").ShouldBeFalse();
        gate.MayHearCaller("b").ShouldBeFalse();
    }

    [Fact]
    public void What_came_unannounced_keeps_its_turn_under_its_name()
    {
        var gate = new ForkGate(ForkPolicy.FirstHeard);
        gate.Add("?");
        gate.Heard("?");
        gate.Rename("?", "a");
        gate.Chosen.ShouldBe("a");
        gate.Add("b");
        gate.Heard("b");
        gate.Chosen.ShouldBe("a");
    }

    [Fact]
    public void A_stream_that_falls_silent_gives_way_to_one_that_is_heard_and_may_come_back()
    {
        var gate = new ForkGate(ForkPolicy.FirstHeard);
        gate.Add("a");
        gate.Add("b");
        gate.Heard("a");
        gate.Heard("b");
        gate.Lost().ShouldBeTrue();
        gate.Chosen.ShouldBe("b");
        gate.Lost().ShouldBeTrue();
        gate.Chosen.ShouldBeNull();
        gate.Lost().ShouldBeFalse();
        gate.Heard("a");
        gate.Chosen.ShouldBe("a");
        var first = new ForkGate(ForkPolicy.FirstProvisional);
        first.Add("a");
        first.Lost().ShouldBeFalse();
        first.Chosen.ShouldBe("a");
    }
}
