using Ringfence.Edge.Configuration;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>Several far legs of one gated call at once: what the caller is told and hears, and what becomes of the others.</summary>
public sealed class GateForkTests
{
    private static readonly ToneCadence Low = ToneCadence.Continuous(500, -12);
    private static readonly ToneCadence High = ToneCadence.Continuous(1_500, -12);

    [Fact]
    public async Task All_targets_ring_at_once_and_the_first_that_answers_gets_the_call()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.IsCalled.ShouldBeTrue();
        world.Carol.IsCalled.ShouldBeTrue();
        world.Bob.Progress(180);
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Run(100);
        world.Carol.Answer();
        world.Run(100);

        world.Statuses.ShouldBe([183, 200]);
        world.Call.State.ShouldBe(CallState.Confirmed);
        world.Bob.End.ShouldBe(CallEnd.Cancelled);
        world.Bob.Ended.ShouldContain("SIP;cause=200;text=\"Call completed elsewhere\"");
        world.Alice.Play(Low);
        world.Run(400);
        world.Bob.Handset.Received.ShouldBeEmpty();
        world.Carol.Handset.Received.Count.ShouldBeGreaterThan(10);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(607)]
    [InlineData(608)]
    [InlineData(603)]
    public async Task A_6xx_takes_the_others_back_within_a_tenth_of_a_second_and_is_all_that_follows(int status)
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Carol.Progress(180);
        world.Run(500);
        world.Bob.Refuse(status);
        world.Run(100);

        world.Carol.End.ShouldBe(CallEnd.Cancelled);
        world.Carol.Ended.ShouldContain($"SIP;cause={status}");
        world.Statuses.ShouldBe([183, status]);
        world.Run(2_000);
        world.Statuses.ShouldBe([183, status]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Between_a_607_and_the_end_of_the_others_nothing_is_said_and_no_target_is_called()
    {
        await using EarlyWorld world = Parallel(new() { AtOnce = false, OnMedia = ProgressTranslation.Pass });
        world.Invite();
        world.Bob.Refuse(607);
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Run(50);
        world.Statuses.ShouldBe([607]);
        world.Carol.End.ShouldBe(CallEnd.Cancelled);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task An_answer_that_crosses_the_CANCEL_after_a_607_wins()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Carol.Progress(180);
        world.Run(20);
        world.Bob.Refuse(607);
        world.Carol.Answer();
        world.Run(200);

        world.Statuses.ShouldBe([183, 200]);
        world.Call.State.ShouldBe(CallState.Confirmed);
        world.Carol.Call.State.ShouldBe(CallState.Confirmed);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Of_two_answers_the_second_gets_BYE()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Carol.Progress(180);
        world.Run(20);
        world.Bob.Answer();
        world.Carol.Answer();
        world.Run(200);

        world.Statuses.ShouldBe([183, 200]);
        world.Carol.End.ShouldBe(CallEnd.ByeReceived);
        world.Bob.Call.State.ShouldBe(CallState.Confirmed);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_caller_that_hangs_up_after_a_607_takes_an_answer_that_crosses_no_more()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Carol.Progress(180);
        world.Run(20);
        world.Bob.Refuse(607);
        world.Call.End();
        world.Carol.Answer();
        world.Run(200);

        world.Carol.End.ShouldBe(CallEnd.ByeReceived);
        world.Call.State.ShouldBe(CallState.Ended);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Where_the_trunk_takes_6xx_for_busy_the_others_go_on_ringing()
    {
        await using EarlyWorld world = Parallel(treatGlobalAsBusy: true);
        world.Invite();
        world.Bob.Refuse(607);
        world.Run(200);
        world.Carol.End.ShouldBeNull();
        world.Carol.Refuse(480);
        world.Run(100);
        world.Statuses.ShouldBe([183, 486]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callee_whose_trunk_says_so_speaks_for_itself_with_its_6xx_and_another_for_all()
    {
        await using var world = new EarlyWorld(bobSpeaksForItself: true) { Forking = ForkMode.Parallel };
        world.Route = [world.BobAt, world.CarolAt];
        world.Invite();
        world.Bob.Refuse(607);
        world.Run(200);
        world.Carol.End.ShouldBeNull();
        world.Carol.Refuse(603);
        world.Run(100);
        world.Statuses.ShouldBe([183, 603]);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(404, 486, 404)]
    [InlineData(503, 486, 486)]
    [InlineData(500, 503, 500)]
    [InlineData(480, 603, 603)]
    public async Task Of_the_refusals_the_caller_gets_the_best(int first, int second, int expected)
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.Refuse(first);
        world.Run(50);
        world.Statuses.ShouldBe([183]);
        world.Carol.Refuse(second);
        world.Run(50);
        world.Statuses.ShouldBe([183, expected]);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(607)]
    [InlineData(486)]
    public async Task Of_two_legs_with_early_media_one_is_heard_until_it_refuses(int refusal)
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Run(20);
        world.Bob.Handset.Play(Low);
        world.Run(100);
        world.Carol.Handset.Play(High);
        world.Run(2_000);
        int refused = world.Alice.Received.Count;
        world.Bob.Refuse(refusal);
        world.Run(3_000);

        world.Alice.ShouldBeOneStream();
        int first = world.Alice.FirstOf(world.Bob.Handset);
        ShouldBe(world.Alice.Segments(first, refused).ShouldHaveSingleItem(), 500);
        if (refusal == 607)
        {
            world.Statuses.ShouldBe([183, 607]);
            world.ShouldBeOver();
            return;
        }

        world.Carol.Answer();
        world.Run(1_000);
        world.Alice.ShouldBeOneStream();
        ShouldBe(world.Alice.Segments(refused + 5).ShouldHaveSingleItem(), 1_500);
        world.Alice.Received.ShouldAllBe(packet => packet.Header.PayloadType == 0);
    }

    [Theory]
    [InlineData(ForkPolicy.FirstHeard, 1_500)]
    [InlineData(ForkPolicy.FirstProvisional, 500)]
    [InlineData(ForkPolicy.Priority, 500)]
    public async Task Which_leg_is_heard_is_a_matter_of_the_policy(ForkPolicy policy, int expected)
    {
        await using EarlyWorld world = Parallel(terms: new EarlyMediaConfiguration { Ringback = "fr", Fork = policy });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Run(20);
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Carol.Handset.Play(High);
        world.Run(100);
        world.Bob.Handset.Play(Low);
        world.Run(200);
        int later = world.Alice.Received.Count;
        world.Run(1_500);

        ShouldBe(world.Alice.Segments(later).ShouldHaveSingleItem(), expected);
        world.Alice.ShouldBeOneStream();
    }

    [Theory]
    [InlineData("sendonly", "")]
    [InlineData("foo", "sendonly")]
    public async Task An_UPDATE_may_authorize_early_media_later(string first, string second)
    {
        await using var world = new EarlyWorld(trunk: new() { SpeaksPEarlyMedia = true });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp(), Authorizes("inactive"));
        world.Bob.Handset.Play(Low);
        world.Run(1_000);
        world.Alice.Segments().ShouldAllBe(segment => segment.Frequencies.All(frequency => frequency < 460));
        HeaderField[] headers = second.Length == 0 ? [Authorizes(first)] : [Authorizes(first), Authorizes(second)];
        world.Bob.Call.Send(SipMethod.Update, Body.None, null, headers).ShouldBeTrue();
        world.Run(200);
        int later = world.Alice.Received.Count;
        world.Run(1_000);
        ShouldBe(world.Alice.Segments(later).ShouldHaveSingleItem(), 500);
        world.Alice.ShouldBeOneStream();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Of_two_legs_the_one_that_P_Early_Media_authorizes_is_heard()
    {
        await using EarlyWorld world = Parallel(
            new() { SpeaksPEarlyMedia = true },
            new EarlyMediaConfiguration { Ringback = "fr", Fork = ForkPolicy.Authorized }
        );
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp(), Authorizes("inactive"));
        world.Carol.Progress(183, world.Carol.Handset.Sdp(), Authorizes("sendonly"));
        world.Bob.Handset.Play(Low);
        world.Carol.Handset.Play(High);
        world.Run(200);
        int later = world.Alice.Received.Count;
        world.Alice.Play(Low);
        world.Run(1_500);

        ShouldBe(world.Alice.Segments(later).ShouldHaveSingleItem(), 1_500);
        world.Bob.Handset.Received.ShouldBeEmpty();
        world.Carol.Handset.Received.ShouldBeEmpty();
    }

    /// <summary>A new offer before the answer is the early dialog's own: its port moves, the other's does not.</summary>
    [Fact]
    public async Task An_early_UPDATE_of_one_leg_moves_its_stream_alone()
    {
        await using EarlyWorld world = Parallel();
        world.Bob.OnCalled = call => call.Reliability = Reliability.Supported;
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Bob.Handset.Play(Low);
        world.Run(200);
        world.Bob.Handset.IsSending = false;
        using Handset moved = new(EarlyWorld.Pcmu, 0, 9) { Edge = world.Bob.Handset.Edge };
        world
            .Bob.Call.Send(SipMethod.Update, Body.Sdp(System.Text.Encoding.ASCII.GetBytes(moved.Sdp())), null)
            .ShouldBeTrue();
        world.Run(50);
        moved.Play(High);
        for (int i = 0; i < 50; i++)
        {
            moved.Step();
            world.Run(20);
        }

        ShouldBe(world.Alice.Segments(world.Alice.Received.Count - 40).ShouldHaveSingleItem(), 1_500);
        world.Alice.ShouldBeOneStream();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_leg_whose_answer_cannot_be_joined_is_refused_and_the_other_goes_on()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.Answer(
            world.Bob.Handset.Sdp().Replace("RTP/AVP 0", "RTP/AVP 18").Replace("rtpmap:0 PCMU", "rtpmap:18 G729")
        );
        world.Run(100);
        world.Bob.End.ShouldBe(CallEnd.ByeReceived);
        world.Carol.End.ShouldBeNull();
        world.Carol.Answer();
        world.Run(100);
        world.Statuses.ShouldBe([183, 200]);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_caller_that_hangs_up_takes_all_back()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Bob.Progress(180);
        world.Run(100);
        world.Call.End();
        world.Run(100);
        world.Bob.End.ShouldBe(CallEnd.Cancelled);
        world.Carol.End.ShouldBe(CallEnd.Cancelled);
        world.Call.State.ShouldBe(CallState.Ended);
        world.ShouldBeOver();
    }

    /// <summary>Nobody is at the second target: the CANCEL cannot go out, and a 607 is not kept back for that.</summary>
    [Fact]
    public async Task A_target_that_says_nothing_holds_a_607_up_for_two_seconds_at_most()
    {
        await using EarlyWorld world = Parallel();
        world.Route =
        [
            world.BobAt,
            world.CarolAt with
            {
                Destination = world.CarolAt.Destination with { Port = 5099 },
            },
        ];
        world.Invite();
        world.Bob.Refuse(607);
        world.Run(1_900);
        world.Statuses.ShouldBe([183]);
        world.Run(200);
        world.Statuses.ShouldBe([183, 607]);
    }

    [Fact]
    public async Task What_a_refusal_says_of_redress_reaches_the_caller()
    {
        await using EarlyWorld world = Parallel();
        world.Invite();
        world.Carol.Refuse(480);
        world.Bob.Call.Refuse(
            608,
            default,
            new HeaderField(HeaderId.CallInfo, "<https://a.example/608>;purpose=jwscard")
        );
        world.Run(100);
        world.Statuses.ShouldBe([183, 608]);
        world.Responses[^1].ShouldContain("Call-Info: <https://a.example/608>;purpose=jwscard");
        world.ShouldBeOver();
    }

    private static EarlyWorld Parallel(
        EarlyMediaTrunkConfiguration? trunk = null,
        EarlyMediaConfiguration? terms = null,
        bool treatGlobalAsBusy = false
    )
    {
        var world = new EarlyWorld(terms, trunk, treatGlobalAsBusy: treatGlobalAsBusy) { Forking = ForkMode.Parallel };
        world.Route = [world.BobAt, world.CarolAt];
        return world;
    }

    private static HeaderField Authorizes(string word) => new(HeaderId.PEarlyMedia, word);

    private static void ShouldBe(HeardSegment heard, int hertz)
    {
        heard.Frequencies.ShouldHaveSingleItem().ShouldBe(hertz, 10);
        heard.Level.ShouldBe(-12, 1.5);
    }
}
