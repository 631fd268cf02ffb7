using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>What the caller hears, measured from the packets that the caller got and from nothing else.</summary>
public sealed class EarlyMediaHeardTests
{
    private const int Tolerance = 40;
    private static readonly ToneCadence British = Ringback("GB");
    private static readonly ToneCadence Talk = ToneCadence.Continuous(1_000, -15);

    [Fact]
    public async Task Early_media_replaces_the_ringback_within_a_packet_and_goes_on_into_the_answered_call()
    {
        await using var world = new EarlyWorld();
        world.Invite();
        world.Run(6_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Run(20);
        world.Bob.Handset.Play(British);
        world.Run(9_000);
        world.Bob.Answer();
        world.Bob.Handset.Play(Talk);
        world.Run(2_000);

        world.Statuses.ShouldBe([183, 200]);
        world.Alice.ShouldBeOneStream();
        int switched = world.Alice.FirstOf(world.Bob.Handset);
        Expect(world.Alice.Segments(to: switched), HeardKind.Ringback, "FR", -10, [1_500, 3_500]);
        ShouldPass(world.Bob.Handset, world.Alice, switched);
        Expect(world.Alice.Segments(switched, switched + 450), HeardKind.Ringback, "GB", -10, [400, 200, 400, 2_000]);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_180_after_the_183_does_not_disturb_what_is_heard()
    {
        await using var world = new EarlyWorld();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        world.Run(3_000);
        world.Bob.Progress(180);
        world.Run(6_000);

        world.Statuses.ShouldBe([183]);
        world.Alice.ShouldBeOneStream();
        int switched = world.Alice.FirstOf(world.Bob.Handset);
        ShouldPass(world.Bob.Handset, world.Alice, switched);
        Expect(world.Alice.Segments(switched), HeardKind.Ringback, "GB", -10, [400, 200, 400, 2_000]);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("no packets")]
    [InlineData("comfort noise")]
    [InlineData("inactive")]
    [InlineData("port 0")]
    [InlineData("no SDP")]
    public async Task A_183_without_sound_leaves_the_ringback_on(string kind)
    {
        await using var world = new EarlyWorld();
        world.Invite();
        Handset handset = world.Bob.Handset;
        world.Bob.Progress(
            183,
            kind switch
            {
                "inactive" => handset.Sdp("inactive"),
                "port 0" => handset.Sdp(port: 0),
                "no SDP" => null,
                _ => handset.Sdp(),
            }
        );
        if (kind == "silence")
        {
            handset.Play(null);
        }
        else if (kind == "comfort noise")
        {
            handset.Use(AudioFormat.Pcmu, 13);
            handset.Play(null);
        }

        world.Run(12_000);
        world.Alice.ShouldBeOneStream();
        Expect(world.Alice.Segments(), HeardKind.Ringback, "FR", -10, [1_500, 3_500]);
        world.Bob.Refuse(486);
        world.Run(50);
        world.Statuses.ShouldBe([183, 486]);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(607)]
    [InlineData(486)]
    public async Task Of_two_forks_one_is_heard_and_the_other_only_when_it_has_gone(int refusal)
    {
        await using var world = new EarlyWorld();
        world.Route = [world.ForkAt];
        world.Invite();
        world.Run(20);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Run(20);
        world.Bob.Handset.Play(ToneCadence.Continuous(500, -12));
        world.Run(100);
        world.Carol.Handset.Play(ToneCadence.Continuous(1_500, -12));
        world.Run(2_000);
        int refused = world.Alice.Received.Count;
        world.Bob.Refuse(refusal);
        world.Run(3_000);

        world.Alice.ShouldBeOneStream();
        int first = world.Alice.FirstOf(world.Bob.Handset);
        HeardSegment one = world.Alice.Segments(first, refused).ShouldHaveSingleItem();
        one.Frequencies.ShouldHaveSingleItem().ShouldBe(500, 10);
        one.Level.ShouldBe(-12, 1.5);
        if (refusal == 607)
        {
            world.Statuses[^1].ShouldBe(607);
            world.Carol.End.ShouldBe(CallEnd.Cancelled);
            world.ShouldBeOver();
            return;
        }

        // The proxy has told of the end by 199; bob goes on sending all the same.
        world.Carol.Answer();
        world.Run(1_000);
        HeardSegment other = world.Alice.Segments(refused + 5).ShouldHaveSingleItem();
        other.Frequencies.ShouldHaveSingleItem().ShouldBe(1_500, 10);
        other.Level.ShouldBe(-12, 1.5);
        world.Alice.ShouldBeOneStream();
    }

    [Fact]
    public async Task A_fork_that_falls_silent_gives_way_to_one_that_is_heard()
    {
        await using var world = new EarlyWorld();
        world.Route = [world.ForkAt];
        world.Invite();
        world.Run(20);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Bob.Handset.Play(ToneCadence.Continuous(500, -12));
        world.Run(100);
        world.Carol.Handset.Play(ToneCadence.Continuous(1_500, -12));
        world.Run(1_000);
        world.Bob.Handset.IsSending = false;
        world.Run(3_200);
        int later = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(later).ShouldHaveSingleItem().Frequencies[0].ShouldBe(1_500, 10);
        world.Alice.ShouldBeOneStream();
    }

    [Fact]
    public async Task An_answer_with_another_port_and_codec_goes_on_in_the_same_stream()
    {
        await using var world = new EarlyWorld();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        world.Run(4_000);
        world.Carol.Handset.Edge = world.Bob.Handset.Edge;
        world.Bob.Handset.IsSending = false;
        world.Bob.Answer(world.Carol.Handset.Sdp());
        world.Carol.Handset.Play(Talk);
        int answered = world.Alice.Received.Count;
        world.Run(2_000);

        world.Statuses.ShouldBe([183, 200]);
        world.Alice.ShouldBeOneStream();
        HeardSegment talk = world.Alice.Segments(answered + 5).ShouldHaveSingleItem();
        talk.Frequencies.ShouldHaveSingleItem().ShouldBe(1_000, 10);
        talk.Level.ShouldBe(-15, 1.5);
        world.Alice.Received.ShouldAllBe(packet => packet.Header.PayloadType == 0);
    }

    [Fact]
    public async Task What_comes_two_seconds_before_the_183_is_heard_from_its_first_packet_on()
    {
        await using var world = new EarlyWorld();
        world.Invite();
        world.Run(1_000);
        world.Bob.Handset.Play(British);
        world.Run(2_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Run(6_000);

        world.Alice.ShouldBeOneStream();
        int switched = world.Alice.FirstOf(world.Bob.Handset);
        ShouldPass(world.Bob.Handset, world.Alice, switched);
        Expect(world.Alice.Segments(switched), HeardKind.Ringback, "GB", -10, [400, 200, 400, 2_000]);
    }

    [Fact]
    public async Task After_a_crank_back_the_next_gateway_is_heard_and_the_last_one_no_more()
    {
        await using var world = new EarlyWorld();
        world.Route = [world.BobAt, world.CarolAt];
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(ToneCadence.Continuous(500, -12));
        world.Run(2_000);
        int refused = world.Alice.Received.Count;
        world.Bob.Refuse(503);
        world.Run(2_000);
        world.Carol.IsCalled.ShouldBeTrue();
        int second = world.Alice.Received.Count;
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Carol.Handset.Play(British);
        world.Run(8_000);
        world.Carol.Answer();
        world.Run(500);

        world.Statuses.ShouldBe([183, 200]);
        world.Alice.ShouldBeOneStream();
        // Bob goes on sending all the while: between the two there is ringback of the edge, which begins with its tone.
        HeardSegment between = world.Alice.Segments(refused + 2, second)[0];
        between.Frequencies.ShouldHaveSingleItem().ShouldBe(440, 10);
        Expect(world.Alice.Segments(second + 5), HeardKind.Ringback, "GB", -10, [400, 200, 400, 2_000]);
    }

    [Theory]
    [InlineData("G722", 9)]
    [InlineData("opus", 96)]
    [InlineData("L16", 97)]
    public async Task A_caller_with_another_codec_hears_ringback_and_callee_all_the_same(string name, byte type)
    {
        AudioFormat format =
            name == "opus" ? AudioFormat.Opus
            : name == "L16" ? new AudioFormat("L16", 16_000)
            : AudioFormat.G722;
        Assert.SkipWhen(AudioCodecs.WhyAbsent(format) is not null, $"{AudioCodecs.WhyAbsent(format)}");
        await using var world = new EarlyWorld(
            new EarlyMediaConfiguration { Ringback = "fr", Codecs = [AudioFormat.Pcma, AudioFormat.Pcmu, format] },
            caller: format,
            callerType: type
        );
        world.Invite();
        world.Run(8_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        int switched = world.Alice.Received.Count;
        world.Run(9_000);

        world.Alice.ShouldBeOneStream();
        world.Alice.Received.ShouldAllBe(packet => packet.Header.PayloadType == type);
        Expect(world.Alice.Segments(to: switched), HeardKind.Ringback, "FR", -10, [1_500, 3_500]);
        Expect(world.Alice.Segments(switched), HeardKind.Ringback, "GB", -10, [400, 200, 400, 2_000]);
    }

    /// <summary>PCMA is the edge's own first choice; what is spoken already goes before it.</summary>
    [Fact]
    public async Task A_hold_by_the_callee_changes_no_encoding()
    {
        await using var world = new EarlyWorld(caller: AudioFormat.G722, callerType: 9);
        world.Invite();
        world.Bob.Answer();
        world.Run(200);
        world.Bob.Call.Send(
            SipMethod.Invite,
            Body.Sdp(Encoding.ASCII.GetBytes(world.Bob.Handset.Sdp("sendonly"))),
            null
        );
        world.Run(200);
        world.Reoffer.ShouldContain("RTP/AVP 9 ");
        world.Reoffer.ShouldContain("a=sendonly");
    }

    /// <summary>Every packet of the callee, from the first that was heard on, came once and in order.</summary>
    private static void ShouldPass(Handset from, Handset to, int switched)
    {
        byte[][] heard = [.. to.Received.Skip(switched).Select(packet => packet.Payload)];
        int lost = from.Sent.Count - heard.Length;
        // The last one may still be on its way.
        lost.ShouldBeInRange(0, 1);
        for (int i = 0; i < heard.Length; i++)
        {
            heard[i].AsSpan().SequenceEqual(from.Sent[i]).ShouldBeTrue($"packet {i} is another one");
        }
    }

    private static void Expect(
        IReadOnlyList<HeardSegment> heard,
        HeardKind kind,
        string country,
        double level,
        int[] cadence
    )
    {
        HeardSegment segment = heard.Where(one => one.Kind == kind).MaxBy(one => one.End - one.Start)!;
        segment.ShouldNotBeNull(string.Join('\n', heard));
        segment.Countries.ShouldContain(country, string.Join('\n', heard));
        segment.Level.ShouldBe(level, 1.5);
        segment.Cadence.Count.ShouldBe(cadence.Length, segment.ToString());
        int turn = cadence.Length == 4 && segment.Cadence[1] > 1_000 ? 2 : 0;
        for (int i = 0; i < cadence.Length; i++)
        {
            segment
                .Cadence[(i + turn) % cadence.Length]
                .ShouldBeInRange(cadence[i] - Tolerance, cadence[i] + Tolerance, segment.ToString());
        }
    }

    private static ToneCadence Ringback(string country) => TonePlan.Default.ByCountry(country)!.Ringback.Cadence;
}
