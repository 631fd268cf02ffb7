using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Media.RtpEngine;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>Callers whose media crosses rtpengine, with one that does what the test says.</summary>
public sealed class BorderTests
{
    [Fact]
    public async Task A_caller_with_DTLS_hears_one_stream_and_gets_the_crossed_answer_in_183_and_200()
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite(Secured(world.Alice));
        world.Bob.Invite.ShouldContain("RTP/AVP ");
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(ToneCadence.Continuous(1_000, -15));
        world.Run(2_000);
        world.Bob.Answer();
        world.Run(1_000);

        world.Statuses.ShouldBe([183, 200]);
        string[] answers = [.. world.Responses.Select(BodyOf)];
        answers[0].ShouldContain(FakeBorder.Secure);
        answers[0].ShouldContain(FakeBorder.Fingerprint);
        answers[1].ShouldBe(answers[0]);
        world.Alice.ShouldBeOneStream();
        world.Alice.FirstOf(world.Bob.Handset).ShouldBeGreaterThan(0);
        border.Asked.ShouldBe(["offer", "answer"]);
        border.Legs[0].FromTag.ShouldBe(border.Legs[1].FromTag);
        border.Legs.Select(leg => leg.CallId).Distinct().ShouldHaveSingleItem().ShouldStartWith("ringfence-");

        world.Call.End();
        world.ShouldBeOver();
        border.Asked.ShouldBe(["offer", "answer", "delete"]);
    }

    [Theory]
    [InlineData("away")]
    [InlineData("offer")]
    [InlineData("answer")]
    public async Task A_call_that_rtpengine_cannot_take_gets_503_and_leaves_nothing(string failing)
    {
        var border = new FakeBorder { IsAway = failing == "away", Failing = failing };
        await using var world = new EarlyWorld(border: border);
        world.Invite();
        world.Run(100);

        world.Statuses.ShouldBe([503]);
        world.Bob.IsCalled.ShouldBeFalse();
        world.Setup.Journal.GateReason.ShouldBe(failing == "away" ? "rtpengine: Away" : "rtpengine: no ports");
        world.ShouldBeOver();
        border.Asked.ShouldBe(
            failing switch
            {
                "away" => [],
                "offer" => ["offer", "delete"],
                _ => ["offer", "answer", "delete"],
            }
        );
    }

    [Theory]
    [InlineData("away", false, 183)]
    [InlineData("away", true, 503)]
    [InlineData("offer", false, 183)]
    [InlineData("offer", true, 503)]
    [InlineData("answer", false, 183)]
    public async Task Where_the_trunk_says_so_plain_callers_go_without_it_and_those_with_DTLS_cannot(
        string failing,
        bool isSecure,
        int expected
    )
    {
        var border = new FakeBorder
        {
            IsAway = failing == "away",
            Failing = failing,
            Fault = RtpEngineFault.Away,
            WhenAway = TrunkMedia.Own,
        };
        await using var world = new EarlyWorld(border: border);
        world.Invite(isSecure ? Secured(world.Alice) : null);
        world.Run(1_000);

        world.Statuses.ShouldBe([expected]);
        world.Bob.IsCalled.ShouldBe(expected == 183);
        (world.Alice.Received.Count > 0).ShouldBe(expected == 183);
        world.Call.End();
        world.ShouldBeOver();
        border.Asked.Count(command => command == "delete").ShouldBe(failing == "away" ? 0 : 1);
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    public async Task A_caller_that_gives_up_while_rtpengine_is_asked_is_let_go_and_the_late_reply_is_deleted(
        string slow
    )
    {
        var border = new FakeBorder { Slow = slow };
        await using var world = new EarlyWorld(border: border);
        world.Invite();
        world.Run(500);
        world.Statuses.ShouldBeEmpty();
        world.Call.End();
        world.Run(100);
        world.End.ShouldNotBeNull();
        border.Asked[^1].ShouldBe(slow);
        world.Services.Early.Sources.Count.ShouldBe(0);

        border.Reply();
        world.ShouldBeOver();
        world.Bob.IsCalled.ShouldBeFalse();
        border.Asked.Count(command => command == "delete").ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_call_is_deleted_once()
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite();
        world.Bob.Refuse(486);
        world.Run(100);

        world.Statuses.ShouldBe([183, 486]);
        world.ShouldBeOver();
        border.Asked.ShouldBe(["offer", "answer", "delete"]);
    }

    [Fact]
    public async Task A_caller_without_an_offer_gets_488()
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite("");
        world.Run(100);

        world.Statuses.ShouldBe([488]);
        world.ShouldBeOver();
        border.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callers_hold_crosses_and_so_does_the_callees_answer()
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite(Secured(world.Alice));
        world.Bob.Reanswers = true;
        world.Bob.Answer();
        world.Run(200);
        border.Asked.Clear();
        border.Legs.Clear();
        border.Slow = "offer";
        var asked = new Asked();
        string hold = Secured(world.Alice).Replace("sendrecv", "sendonly");
        world.Call.Send(SipMethod.Invite, Text(hold), asked).ShouldBeTrue();
        world.Run(500);
        world.Bob.Offers.ShouldBeEmpty();
        asked.Statuses.ShouldBeEmpty();
        border.Reply();
        world.Run(200);

        world.Bob.Offers.ShouldHaveSingleItem().ShouldContain("a=sendonly");
        world.Bob.Offers[0].ShouldNotContain(FakeBorder.Fingerprint);
        asked.Statuses.ShouldBe([200]);
        asked.Bodies[0].ShouldContain(FakeBorder.Fingerprint);
        border.Asked.ShouldBe(["offer", "answer"]);
        border.Legs.Select(leg => (leg.FromTag, leg.ToTag)).ShouldBe([("far", "edge"), ("far", "edge")]);
        // As it stands: what a session timer sends.
        world.Call.Send(SipMethod.Invite, Text(hold), asked).ShouldBeTrue();
        world.Run(200);
        asked.Statuses.ShouldBe([200, 200]);
        border.Asked.ShouldBe(["offer", "answer"]);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    public async Task A_hold_that_rtpengine_does_not_take_gets_488_and_the_call_goes_on(string failing)
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite();
        world.Bob.Reanswers = true;
        world.Bob.Answer();
        world.Run(200);
        border.Failing = failing;
        var asked = new Asked();
        world.Call.Send(SipMethod.Invite, Text(world.Alice.Sdp("sendonly")), asked).ShouldBeTrue();
        world.Run(500);

        asked.Statuses.ShouldBe([488]);
        world.Call.State.ShouldBe(CallState.Confirmed);
        // What the callee has agreed to is taken back.
        world.Bob.Offers.Count.ShouldBe(failing == "offer" ? 0 : 2);
        world.Bob.Offers.LastOrDefault("a=sendrecv").ShouldContain("a=sendrecv");
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callee_behind_the_border_is_offered_what_it_speaks_and_deleted_with_the_call()
    {
        var border = new FakeBorder();
        await using EarlyWorld world = Browsers(border);
        world.Invite();
        border.Asked.ShouldBe(["offer"]);
        world.Bob.Invite.ShouldContain(FakeBorder.Crossed);
        world.Bob.Progress(183, Secured(world.Bob.Handset));
        world.Bob.Handset.Play(ToneCadence.Continuous(1_000, -15));
        world.Run(500);
        world.Bob.Answer(Secured(world.Bob.Handset));
        world.Run(500);

        world.Statuses.ShouldBe([183, 200]);
        world.Responses.ShouldAllBe(response => !response.Contains(FakeBorder.Crossed));
        world.Alice.ShouldBeOneStream();
        world.Alice.FirstOf(world.Bob.Handset).ShouldBeGreaterThan(0);
        // What the 200 repeats has crossed with the 183.
        border.Asked.ShouldBe(["offer", "answer"]);
        border.Legs.Select(leg => (leg.FromTag, leg.ToTag)).ShouldBe([("edge", null), ("edge", "far")]);
        world.Call.End();
        world.ShouldBeOver();
        border.Deleted.ShouldHaveSingleItem().ShouldBe(border.Legs[0].CallId);
    }

    [Fact]
    public async Task Each_leg_has_a_call_of_its_own_at_the_border_which_ends_with_the_leg()
    {
        var border = new FakeBorder();
        await using EarlyWorld world = Browsers(border);
        world.Forking = ForkMode.Parallel;
        world.Route = [.. world.Route, world.CarolAt with { KeepFlow = true }];
        world.Invite();
        border.Legs.Select(leg => leg.CallId).Distinct().Count().ShouldBe(2);
        world.Bob.Refuse(486);
        world.Run(50);
        border.Deleted.ShouldBe([border.Legs[0].CallId]);
        world.Carol.Answer();
        world.Run(50);
        world.Call.End();
        world.ShouldBeOver();
        border.Deleted.ShouldBe([border.Legs[0].CallId, border.Legs[1].CallId]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_callee_whose_media_cannot_cross_is_passed_over_for_the_next(bool isAway)
    {
        var border = new FakeBorder { IsAway = isAway, Failing = "offer" };
        await using EarlyWorld world = Browsers(border);
        world.Route = [.. world.Route, world.CarolAt with { KeepFlow = false }];
        world.Invite();
        world.Run(50);
        world.Bob.IsCalled.ShouldBeFalse();
        world.Carol.IsCalled.ShouldBeTrue();
        world.Carol.Answer();
        world.Run(50);
        world.Statuses.ShouldBe([183, 200]);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Responses_wait_in_order_behind_one_that_crosses()
    {
        var border = new FakeBorder();
        await using EarlyWorld world = Browsers(border);
        world.Invite();
        border.Slow = "answer";
        world.Bob.Progress(183, Secured(world.Bob.Handset));
        world.Bob.Answer(Secured(world.Bob.Handset));
        world.Run(300);
        world.Statuses.ShouldBe([183]);
        border.Reply();
        world.Run(100);
        world.Statuses.ShouldBe([183, 200]);
        world.Call.State.ShouldBe(CallState.Confirmed);
        world.Call.End();
        world.ShouldBeOver();
    }

    /// <summary>Bob and Carol are registered users of a trunk whose media is rtpengine's; Alice comes by another.</summary>
    private static EarlyWorld Browsers(FakeBorder border)
    {
        var world = new EarlyWorld(border: border, isCalleesBorder: true);
        world.Route = [world.BobAt with { KeepFlow = true }];
        return world;
    }

    private static string Secured(Handset handset) =>
        handset.Sdp(more: FakeBorder.Fingerprint + "\r\n").Replace("RTP/AVP", FakeBorder.Secure);

    private static string BodyOf(string response) => response[response.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];

    private static Body Text(string sdp) => Body.Sdp(Encoding.ASCII.GetBytes(sdp));

    private sealed class Asked : IRequestListener
    {
        internal List<int> Statuses { get; } = [];

        internal List<string> Bodies { get; } = [];

        public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response)
        {
            Statuses.Add(statusCode);
            Bodies.Add(Encoding.UTF8.GetString(response!.Body));
        }
    }
}
