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
    public async Task Within_the_call_the_callers_offers_get_488_and_the_callees_are_answered_here()
    {
        var border = new FakeBorder();
        await using var world = new EarlyWorld(border: border);
        world.Invite();
        world.Bob.Answer();
        world.Run(200);
        var asked = new Asked();
        world.Call.Send(SipMethod.Invite, Text(world.Alice.Sdp("sendonly")), asked).ShouldBeTrue();
        world.Run(200);
        world.Bob.Call.Send(SipMethod.Invite, Text(world.Bob.Handset.Sdp("sendonly")), asked).ShouldBeTrue();
        world.Run(200);
        // As it stands: what a session timer sends.
        world.Call.Send(SipMethod.Invite, Text(world.Alice.Sdp()), asked).ShouldBeTrue();
        world.Run(200);

        asked.Statuses.ShouldBe([488, 200, 200]);
        world.Call.State.ShouldBe(CallState.Confirmed);
        border.Asked.ShouldBe(["offer", "answer"]);
        world.Call.End();
        world.ShouldBeOver();
    }

    private static string Secured(Handset handset) =>
        handset.Sdp(more: FakeBorder.Fingerprint + "\r\n").Replace("RTP/AVP", FakeBorder.Secure);

    private static string BodyOf(string response) => response[response.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];

    private static Body Text(string sdp) => Body.Sdp(Encoding.ASCII.GetBytes(sdp));

    private sealed class Asked : IRequestListener
    {
        internal List<int> Statuses { get; } = [];

        public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) =>
            Statuses.Add(statusCode);
    }
}
