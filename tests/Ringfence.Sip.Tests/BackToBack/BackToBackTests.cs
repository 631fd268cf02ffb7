using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.BackToBack;

/// <summary>Two legs as one call: how it begins, and that both legs end together whatever fails.</summary>
public sealed class BackToBackTests
{
    [Fact]
    public void What_the_callee_says_the_caller_hears_and_both_hang_up_together()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = world.Call();
        world.Bob.Owner.Incoming[0].Answer(BackToBackWorld.Answer);
        world.Run(100);
        call.End(new HeaderField(HeaderId.Reason, "Q.850;cause=16"));
        world.RunOut();

        world.Alice.Heard.ShouldBe(["progress 180", "answered 200", "ended ByeSent"]);
        world.Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeReceived"]);
        SipText.Header(world.Sent(">B BYE"), "Reason").ShouldBe("Q.850;cause=16");
        SipText
            .Header(world.Sent(">B INVITE"), "Call-ID")
            .ShouldNotBe(SipText.Header(world.Sent("A> INVITE"), "Call-ID"));
        SipText.Header(world.Sent(">B INVITE"), "Max-Forwards").ShouldBe("69");
        world.Sent(">B INVITE").ShouldContain("m=audio 4000");
        world.Sent(">A 200").ShouldContain("m=audio 5000");
        world.Ends.ShouldBe([new BackToBackEnd(Leg.Caller, CallEnd.ByeReceived, 0)]);
    }

    [Fact]
    public void A_BYE_of_the_callee_ends_the_caller_too()
    {
        var world = new BackToBackWorld();
        world.Up();
        world.Bob.Owner.Incoming[0].End(new HeaderField(HeaderId.Reason, "Q.850;cause=31"));
        world.RunOut();

        world.Alice.Heard.ShouldBe(["ended ByeReceived"]);
        SipText.Header(world.Sent(">A BYE"), "Reason").ShouldBe("Q.850;cause=31");
        world.Ends.ShouldBe([new BackToBackEnd(Leg.Callee, CallEnd.ByeReceived, 0)]);
    }

    [Fact]
    public void BYEs_that_cross_end_both_legs_once()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        call.End();
        world.Bob.Owner.Incoming[0].End();
        world.RunOut();
        world.Alice.Owner.Ended.ShouldBe(1);
        world.Bob.Owner.Ended.ShouldBe(1);
        world.Ends.Count.ShouldBe(1);
    }

    [Fact]
    public void What_the_caller_asks_and_nobody_here_understands_never_reaches_the_callee()
    {
        var world = new BackToBackWorld();
        world.Call(invitation => invitation with { Headers = [new HeaderField(HeaderId.Require, "teleport")] });
        world.RunOut();
        world.Alice.Heard.ShouldBe(["refused 420", "ended Refused"]);
        world.Bob.Heard.ShouldBeEmpty();
        world.Ends.Count.ShouldBe(1);
    }

    [Fact]
    public void A_CANCEL_goes_on_with_its_Reason()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = world.Call();
        call.End(new HeaderField(HeaderId.Reason, "SIP;cause=200;text=\"Call completed elsewhere\""));
        world.RunOut();

        world.Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
        SipText.Header(world.Sent(">B CANCEL"), "Reason").ShouldBe("SIP;cause=200;text=\"Call completed elsewhere\"");
        world.Ends.ShouldBe([new BackToBackEnd(Leg.Caller, CallEnd.Cancelled, 487)]);
    }

    [Theory]
    [InlineData(486, 486)]
    [InlineData(603, 603)]
    [InlineData(607, 607)]
    [InlineData(401, 403)]
    [InlineData(407, 403)]
    [InlineData(421, 500)]
    [InlineData(503, 503)]
    public void A_refusal_goes_back_by_the_map(int status, int mapped)
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call =>
            call.Refuse(status, "My own words"u8, new HeaderField(HeaderId.Reason, "Q.850;cause=21"));
        world.Call();
        world.RunOut();

        world.Alice.Heard.ShouldBe([$"refused {mapped}", "ended Refused"]);
        string refusal = world.Sent($">A {mapped}");
        SipText.Header(refusal, "Reason").ShouldBe("Q.850;cause=21");
        refusal.Contains("My own words", StringComparison.Ordinal).ShouldBe(status == mapped);
        world.Ends.ShouldBe([new BackToBackEnd(Leg.Callee, CallEnd.Refused, mapped)]);
    }

    [Fact]
    public void A_redirection_is_not_followed_and_is_480()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Redirect(302, "<sip:x@192.0.2.77>"u8);
        world.Call();
        world.RunOut();
        world.Alice.Heard[0].ShouldBe("refused 480");
    }

    [Theory]
    [InlineData(486, 3)]
    [InlineData(603, 1)]
    public void Below_600_the_next_target_is_tried(int status, int tried)
    {
        var world = new BackToBackWorld { Targets = 3 };
        world.Bob.Owner.OnNew = call => call.Refuse(status, default);
        world.Call();
        world.RunOut();
        world.Bob.Owner.Incoming.Count.ShouldBe(tried);
        world.Alice.Heard.ShouldBe([$"refused {status}", "ended Refused"]);
    }

    [Fact]
    public void What_this_side_ends_ends_on_both_sides()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        world.Call();
        world.Middle.End().ShouldBeTrue();
        world.Middle.End().ShouldBeFalse();
        world.RunOut();
        world.Alice.Heard.ShouldBe(["progress 180", "refused 480", "ended Refused"]);
        world.Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
    }

    [Fact]
    public void An_owner_may_refuse_the_caller_while_the_callee_rings()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        world.Call();
        world.Middle.Refuse(608, default, new HeaderField(HeaderId.Reason, "SIP;cause=608")).ShouldBeTrue();
        world.RunOut();
        world.Alice.Heard.ShouldBe(["progress 180", "refused 608", "ended Refused"]);
        SipText.Header(world.Sent(">B CANCEL"), "Reason").ShouldBe("SIP;cause=608");
    }

    [Fact]
    public void A_callee_that_is_gone_when_it_is_asked_something_ends_the_caller_with_a_reason()
    {
        var world = new BackToBackWorld();
        world.Up();
        // Bob has forgotten the call: everything within it is 481 there.
        world.Bob.Calls.Dialogs.Remove(world.Bob.Owner.Incoming[0].Dialog!);
        world.Middle.Callee!.Send(SipMethod.Info, Body.None, null).ShouldBeTrue();
        world.Run(40_000);

        world.Alice.Heard.ShouldContain("ended ByeReceived");
        SipText.Header(world.Sent(">A BYE"), "Reason").ShouldBe("SIP;cause=408;text=\"Far end gone\"");
    }

    [Fact]
    public void A_caller_that_never_acknowledges_is_ended_and_so_is_the_callee()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        world.Call();
        world.Network.Conditions = new Ringfence.Sip.Transport.LinkConditions { Loss = 1 };
        world.Middle.Caller.Answer(BackToBackWorld.Answer);
        world.Run(32_000);
        world.Network.Conditions = new Ringfence.Sip.Transport.LinkConditions();
        world.Run(60_000);
        world.Middle.Caller.State.ShouldBe(CallState.Ended);
        world.Bob.Owner.Ended.ShouldBe(1);
        world.Ends.ShouldBe([new BackToBackEnd(null, CallEnd.NotAcknowledged, 504)]);
    }

    [Fact]
    public void Calls_whose_ends_race_all_end_on_both_sides()
    {
        var world = new BackToBackWorld(seed: 5);
        world.Network.Carried = null;
        world.Network.Conditions = new Ringfence.Sip.Transport.LinkConditions { Delay = 10, Jitter = 15 };
        var random = new Random(3);
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        int rounds = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 30_000 : 3_000;
        world.Call().End();
        for (int i = 0; i < rounds; i++)
        {
            OutgoingCall call = world.Alice.Calls.Invite(world.Invitation, world.Alice.Owner);
            world.Run(random.Next(140));
            if (world.Bob.Owner.Incoming.Count > 0)
            {
                world.Bob.Owner.Incoming[^1].Answer(BackToBackWorld.Answer);
            }

            world.Run(random.Next(60));
            call.End();
            if (i % 2 == 0 && world.Bob.Owner.Incoming.Count > 0)
            {
                world.Bob.Owner.Incoming[^1].End();
            }

            world.Run(200);
            call.State.ShouldBeOneOf(CallState.Ended, CallState.Cancelling);
            if (i % 100 == 99)
            {
                world.Run(40_000);
                world.Bob.Owner.Incoming.ShouldAllBe(other => other.State == CallState.Ended);
                world.Bob.Owner.Incoming.Clear();
                world.Alice.Heard.Clear();
                world.Bob.Heard.Clear();
            }
        }

        world.RunOut();
        world.Alice.Owner.Ended.ShouldBe(rounds + 1);
    }
}
