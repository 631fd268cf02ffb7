using Ringfence.Sip.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>The session timer (RFC 4028), both sides.</summary>
public sealed class SessionTimerTests
{
    private const string Knows = "Supported: timer\r\n";
    private const string Updates = "Allow: INVITE, ACK, BYE, UPDATE\r\n";

    [Theory]
    [InlineData(Knows + "Session-Expires: 600\r\n", 0, "600;refresher=uac", "timer")]
    [InlineData(Knows + "Session-Expires: 600;refresher=uac\r\n", 0, "600;refresher=uac", "timer")]
    [InlineData(Knows + "Session-Expires: 600;refresher=uas\r\n", 0, "600;refresher=uas", "")]
    [InlineData("Session-Expires: 600\r\n", 0, "600;refresher=uas", "")]
    [InlineData(Knows + "Session-Expires: 3600\r\n", 1800, "1800;refresher=uac", "timer")]
    [InlineData(Knows + "Session-Expires: 3600\r\nMin-SE: 2000\r\n", 1800, "2000;refresher=uac", "timer")]
    [InlineData(Knows, 1800, "1800;refresher=uas", "")]
    [InlineData("", 1800, "1800;refresher=uas", "")]
    [InlineData(Knows, 0, "", "")]
    [InlineData("Session-Expires: 30\r\n", 0, "90;refresher=uas", "")]
    public void The_2xx_says_how_long_and_who_refreshes(string asks, int ours, string expires, string require)
    {
        var world = new TypedWorld(new CallOptions { SessionExpires = ours });
        Answer(world, asks);

        SipText.Header(world.Wire.Last, "Session-Expires").ShouldBe(expires);
        SipText.Header(world.Wire.Last, "Require").ShouldBe(require);
    }

    [Fact]
    public void A_session_that_is_too_short_is_422_with_Min_SE()
    {
        var world = new TypedWorld();
        Answer(world, Knows + "Session-Expires: 60\r\n");

        world.Statuses.ShouldBe([422]);
        SipText.Header(world.Wire.Last, "Min-SE").ShouldBe("90");
    }

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public void Within_the_call_too(string method)
    {
        TypedWorld world = Confirm(Knows + "Session-Expires: 600\r\n");
        Ask(world, method, 2, Knows + "Session-Expires: 60\r\n");

        world.Statuses[^1].ShouldBe(422);
        SipText.Header(world.Wire.Last, "Min-SE").ShouldBe("90");
    }

    [Fact]
    public void Without_a_refresh_of_the_far_side_the_call_ends_shortly_before_its_time()
    {
        TypedWorld world = Confirm(Knows + "Session-Expires: 600\r\n");
        world.Run(567_999);
        world.CountSent("BYE").ShouldBe(0);
        world.Run(1);

        world.CountSent("BYE").ShouldBe(1);
        SipText.Header(world.Wire.Last, "Reason").ShouldBe("SIP;cause=408;text=\"Session not refreshed\"");
        world.Heard[^1].ShouldBe("ended Expired");
    }

    [Fact]
    public void A_refresh_of_the_far_side_begins_the_time_anew()
    {
        TypedWorld world = Confirm(Knows + "Session-Expires: 600\r\n");
        world.Run(300_000);
        Ask(world, "UPDATE", 2, Knows + "Session-Expires: 600;refresher=uac\r\n");
        SipText.Header(world.Wire.Last, "Session-Expires").ShouldBe("600;refresher=uac");
        world.Run(567_000);
        world.CountSent("BYE").ShouldBe(0);
        world.Run(1_000);
        world.CountSent("BYE").ShouldBe(1);
    }

    [Theory]
    [InlineData(Updates, "UPDATE")]
    [InlineData("", "INVITE")]
    public void This_side_refreshes_at_half_of_the_time_by_what_the_far_side_takes(string allow, string method)
    {
        TypedWorld world = Confirm(Knows + allow + "Session-Expires: 600;refresher=uas\r\n");
        world.Run(299_999);
        world.CountSent(method).ShouldBe(0);
        world.Run(1);
        string refresh = world.Wire.Last;

        SipText.Method(refresh).ShouldBe(method);
        SipText.Header(refresh, "Session-Expires").ShouldBe("600;refresher=uac");
        refresh.Contains("m=audio", StringComparison.Ordinal).ShouldBe(method == "INVITE");
        world.Receive(
            SipText.Response(
                refresh,
                200,
                "ft",
                "Session-Expires: 600;refresher=uac\r\n",
                method == "INVITE" ? SipText.Body : ""
            )
        );
        world.Run(300_000);
        world.CountSent(method).ShouldBe(2);
        world.CountSent("BYE").ShouldBe(0);
    }

    [Fact]
    public void A_refused_UPDATE_becomes_a_re_INVITE()
    {
        TypedWorld world = Confirm(Knows + Updates + "Session-Expires: 600;refresher=uas\r\n");
        world.Run(300_000);
        world.Receive(SipText.Response(world.Wire.Last, 405, "ft"));

        SipText.Method(world.Wire.Last).ShouldBe("INVITE");
    }

    [Fact]
    public void A_refresh_that_crosses_another_is_tried_again_and_the_call_ends_where_none_gets_through()
    {
        TypedWorld world = Confirm(Knows + Updates + "Session-Expires: 600;refresher=uas\r\n");
        world.Run(300_000);
        world.Receive(SipText.Response(world.Wire.Last, 491, "ft"));
        world.Run(4_200);
        world.CountSent("UPDATE").ShouldBe(2);
        world.Receive(SipText.Response(world.Wire.Last, 488, "ft"));
        world.Run(263_800);

        world.CountSent("UPDATE").ShouldBe(2);
        world.Heard[^1].ShouldBe("ended Expired");
    }

    [Fact]
    public void A_caller_asks_raises_on_422_and_refreshes()
    {
        var world = new TypedWorld(new CallOptions { SessionExpires = 100 });
        world.Invite();
        SipText.Header(world.SentInvite, "Session-Expires").ShouldBe("100");
        world.Receive(SipText.Response(world.SentInvite, 422, extra: "Min-SE: 400\r\n"));
        SipText.Header(world.SentInvite, "Session-Expires").ShouldBe("400");
        SipText.Header(world.SentInvite, "Min-SE").ShouldBe("400");
        SipText.Header(world.SentInvite, "CSeq").ShouldBe("2 INVITE");
        world.Receive(
            SipText.Response(
                world.SentInvite,
                200,
                extra: "Contact: <sip:a@192.0.2.1>\r\n"
                    + Updates
                    + "Session-Expires: 400;refresher=uac\r\nRequire: timer\r\n",
                body: SipText.Body
            )
        );
        world.Heard.ShouldBe(["answered 200"]);
        world.Run(200_000);

        SipText.Method(world.Wire.Last).ShouldBe("UPDATE");
        SipText.Header(world.Wire.Last, "CSeq").ShouldBe("3 UPDATE");
    }

    [Fact]
    public void A_422_that_asks_for_nothing_new_is_the_end()
    {
        var world = new TypedWorld(new CallOptions { SessionExpires = 100 });
        world.Invite();
        world.Receive(SipText.Response(world.SentInvite, 422, extra: "Min-SE: 90\r\n"));
        world.Heard.ShouldBe(["refused 422", "ended Refused"]);
    }

    [Fact]
    public void Two_sides_keep_a_call_up_for_a_day_and_leave_nothing()
    {
        var world = new CallWorld(session: 1800);
        world.Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = world.Alice.Invite(world.Bob.Node);
        world.Run(86_400_000);
        world.Alice.Heard.ShouldBe(["answered 200"]);
        world.Steps.Count(step => step == "UPDATE").ShouldBe(95);
        call.End();
        world.RunOut();
    }

    [Fact]
    public void A_side_that_is_gone_is_noticed()
    {
        var world = new CallWorld(session: 1800);
        world.Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        world.Alice.Invite(world.Bob.Node);
        world.Run(100);
        world.Network.Conditions = new Ringfence.Sip.Transport.LinkConditions { Loss = 1 };
        world.Run(1_800_000);
        world.Alice.Heard[^1].ShouldBe("ended Lost");
        world.Bob.Heard[^1].ShouldBe("ended Expired");
        world.RunOut();
    }

    private static void Answer(TypedWorld world, string asks)
    {
        world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        world.Owner.OnAsked = request => request.Answer(200, default, request.IsOffer ? CallSide.Offer : Body.None);
        world.Receive(SipText.Request("INVITE", extra: asks, body: SipText.Body));
    }

    private static TypedWorld Confirm(string asks)
    {
        var world = new TypedWorld();
        Answer(world, asks);
        Ask(world, "ACK", 1, "");
        world.Call.State.ShouldBe(CallState.Confirmed);
        return world;
    }

    private static void Ask(TypedWorld world, string method, int cseq, string extra) =>
        world.Receive(
            SipText.Request(
                method,
                $"z9hG4bK{method}{cseq}",
                toTag: TypedWorld.Text(world.Call.Dialog!.LocalTag),
                cseq: cseq,
                extra: extra,
                body: method == "INVITE" ? SipText.Body : ""
            )
        );
}
