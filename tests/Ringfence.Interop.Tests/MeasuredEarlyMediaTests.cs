using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Hearing;

namespace Ringfence.Interop.Tests;

/// <summary>
/// What callers hear before the answer of SIPp, Kamailio and rtpengine, measured from the packets that came to them: by sequence,
/// timestamp and content, not by the clock on the wall.
/// </summary>
public sealed class MeasuredEarlyMediaTests(EarlyMediaRig rig) : IClassFixture<EarlyMediaRig>
{
    private const int Tolerance = 40;
    private static readonly int[] FrenchCadence = [1_500, 3_500];
    private static readonly int[] BritishCadence = [400, 200, 400, 2_000];

    [Fact]
    public async Task A_183_replaces_the_ringback_and_its_stream_goes_on_through_the_200_packet_by_packet()
    {
        using PacketRecorder ear = await rig.EndAsync("answer");
        ear.ShouldBeOneStream();
        int first = ear.Follows(EarlyMediaRig.British, atLeast: 350);
        ear.Packets[first].Header.Marker.ShouldBeTrue();
        Expect(ear.Segments(to: first, isJoined: true), "FR", FrenchCadence);
        Expect(ear.Segments(first), "GB", BritishCadence);
        rig.Told("answer").ShouldBe(["183", "200"]);
    }

    [Fact]
    public async Task A_180_after_the_183_changes_nothing()
    {
        using PacketRecorder ear = await rig.EndAsync("ringing after the 183");
        ear.ShouldBeOneStream();
        int first = ear.Follows(EarlyMediaRig.British, atLeast: 400);
        Expect(ear.Segments(first), "GB", BritishCadence);
    }

    [Fact]
    public async Task A_silent_183_leaves_the_ringback_on()
    {
        using PacketRecorder ear = await rig.EndAsync("silent");
        ear.ShouldBeOneStream();
        Expect(ear.Segments(isJoined: true), "FR", FrenchCadence);
        rig.Told("silent").ShouldBe(["183", "486"]);
    }

    [Fact]
    public async Task What_comes_two_seconds_before_the_183_is_heard_from_its_first_packet_on()
    {
        using PacketRecorder ear = await rig.EndAsync("sound before the 183");
        ear.ShouldBeOneStream();
        int first = ear.Follows(EarlyMediaRig.British, atLeast: 350);
        Expect(ear.Segments(first), "GB", BritishCadence);
    }

    [Fact]
    public async Task After_a_crank_back_the_next_gateway_is_heard_on_the_same_stream()
    {
        using PacketRecorder ear = await rig.EndAsync("crank-back");
        ear.ShouldBeOneStream();
        int second = ear.Follows(EarlyMediaRig.British, atLeast: 350);
        Tone(ear.Segments(to: second), 500).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));
        Expect(ear.Segments(second), "GB", BritishCadence);
        rig.Told("crank-back").ShouldBe(["183", "200"]);
    }

    [Fact]
    public async Task A_200_with_another_port_and_codec_goes_on_in_the_same_stream()
    {
        using PacketRecorder ear = await rig.EndAsync("another port and codec");
        ear.ShouldBeOneStream();
        int first = ear.Follows(EarlyMediaRig.British, atLeast: 150);
        Tone(ear.Segments(first), 1_500).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("legs 607")]
    [InlineData("legs 486")]
    [InlineData("kamailio 607")]
    [InlineData("kamailio 486")]
    public async Task Of_two_forks_with_two_codecs_one_is_heard_until_it_refuses(string call)
    {
        using PacketRecorder ear = await rig.EndAsync(call);
        ear.ShouldBeOneStream();
        IReadOnlyList<HeardSegment> heard = ear.Segments();
        Tone(heard, 500).ShouldBeGreaterThan(TimeSpan.FromSeconds(2), string.Join('\n', heard));
        ShouldNotMix(heard);
        if (call.EndsWith("607", StringComparison.Ordinal))
        {
            heard.ShouldNotContain(segment => Is(segment, 1_500), string.Join('\n', heard));
            rig.Told(call).ShouldBe(["183", "607"]);
        }
        else
        {
            Tone(heard, 1_500).ShouldBeGreaterThan(TimeSpan.FromSeconds(2), string.Join('\n', heard));
            rig.Told(call).ShouldBe(["183", "200"]);
        }
    }

    /// <summary>
    /// When the second fork describes itself, rtpengine sends the media of both from that one's port: they would mix in the caller's
    /// ear. Which of the two goes on is a matter of whose packet is first there.
    /// </summary>
    [Fact]
    public async Task Two_forks_that_rtpengine_mixes_at_one_port_are_heard_one_after_the_other()
    {
        using PacketRecorder ear = await rig.EndAsync("kamailio and rtpengine 486");
        ear.ShouldBeOneStream(mayLose: true);
        IReadOnlyList<HeardSegment> heard = ear.Segments();
        Tone(heard, 500).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.3), string.Join('\n', heard));
        Tone(heard, 1_500).ShouldBeGreaterThan(TimeSpan.FromSeconds(2), string.Join('\n', heard));
        ShouldNotMix(heard);
        rig.Told("kamailio and rtpengine 486").ShouldBe(["183", "200"]);
    }

    /// <summary>
    /// A mixture of both would be a segment with two frequencies, or none; before a mixture is known as one, a packet may pass.
    /// </summary>
    private static void ShouldNotMix(IReadOnlyList<HeardSegment> heard) =>
        heard
            .Where(segment => segment.Kind != HeardKind.Silence && segment.Frequencies.Count != 1)
            .ShouldAllBe(
                segment => segment.End - segment.Start < TimeSpan.FromMilliseconds(150),
                string.Join('\n', heard)
            );

    private static bool Is(HeardSegment segment, int hertz) =>
        segment.Frequencies is [var frequency] && Math.Abs(frequency - hertz) <= 10;

    /// <summary>For how long a tone was heard, each time at the level that it was played at.</summary>
    private static TimeSpan Tone(IReadOnlyList<HeardSegment> heard, int hertz)
    {
        HeardSegment[] tones = [.. heard.Where(segment => Is(segment, hertz))];
        tones.ShouldNotBeEmpty(string.Join('\n', heard));
        HeardSegment longest = tones.MaxBy(segment => segment.End - segment.Start)!;
        longest.Level.ShouldBe(-12, 1.5, longest.ToString());
        return tones.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.End - segment.Start);
    }

    private static void Expect(IReadOnlyList<HeardSegment> heard, string country, int[] cadence)
    {
        HeardSegment segment = heard
            .Where(one => one.Kind == HeardKind.Ringback)
            .MaxBy(one => one.End - one.Start)
            .ShouldNotBeNull(string.Join('\n', heard));
        segment.Countries.ShouldContain(country, string.Join('\n', heard));
        segment.Level.ShouldBe(-10, 1.5);
        segment.Cadence.Count.ShouldBe(cadence.Length, segment.ToString());
        int turn = cadence.Length == 4 && segment.Cadence[1] > 1_000 ? 2 : 0;
        for (int i = 0; i < cadence.Length; i++)
        {
            segment
                .Cadence[(i + turn) % cadence.Length]
                .ShouldBeInRange(cadence[i] - Tolerance, cadence[i] + Tolerance, segment.ToString());
        }
    }
}
