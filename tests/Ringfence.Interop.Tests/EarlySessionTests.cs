using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Hearing;

namespace Ringfence.Interop.Tests;

/// <summary>
/// The application-server model (RFC 3959, RFC 3960 §4) with SIPp: what comes to the early session, and what to the session, by sequence,
/// timestamp and content.
/// </summary>
public sealed class EarlySessionTests(EarlySessionRig rig) : IClassFixture<EarlySessionRig>
{
    private const int Tolerance = 40;
    private const int Units = 160;

    [Fact]
    public async Task What_is_early_comes_to_the_early_session_and_only_the_answered_call_to_the_session()
    {
        EarlySessionRig.Heard heard = await rig.EndAsync("answers");
        ShouldRing(heard.Early);
        heard.Session.ShouldBeOneStream();
        // Nothing of what was early is in it: it began with the 200.
        heard.Session.Follows(EarlySessionRig.Talk, atLeast: 50).ShouldBe(0);
        Count(heard.Session, EarlyMediaRig.British).ShouldBe(0);
        heard.Session.Packets[0].Header.Ssrc.ShouldNotBe(heard.Early.Packets[0].Header.Ssrc);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("leaves")]
    [InlineData("does not know")]
    public async Task Any_other_caller_hears_everything_in_the_session(string caller)
    {
        EarlySessionRig.Heard heard = await rig.EndAsync(caller);
        heard.Early.Packets.ShouldBeEmpty();
        ShouldRing(heard.Session);
        Count(heard.Session, EarlySessionRig.Talk).ShouldBeGreaterThan(50);
    }

    /// <summary>French ringback of the edge, then the British one of the callee, in one stream.</summary>
    private static void ShouldRing(PacketRecorder ear)
    {
        ear.ShouldBeOneStream();
        int first = ear.Follows(EarlyMediaRig.British, atLeast: 200);
        ear.Packets[first].Header.Marker.ShouldBeTrue();
        HeardSegment own = ear.Segments(to: first, isJoined: true)[0];
        own.Kind.ShouldBe(HeardKind.Ringback, own.ToString());
        own.Countries.ShouldContain("FR", own.ToString());
        own.Level.ShouldBe(-10, 1.5);
        own.Cadence[0].ShouldBeInRange(1_500 - Tolerance, 1_500 + Tolerance, own.ToString());
        own.Cadence[1].ShouldBeInRange(3_500 - Tolerance, 3_500 + Tolerance, own.ToString());
    }

    /// <summary>How many packets are sound of what was played.</summary>
    private static int Count(PacketRecorder ear, byte[] played)
    {
        byte[][] slices = [.. played.Chunk(Units).Where(slice => slice.Distinct().Skip(2).Any())];
        return ear.Packets.Count(packet => slices.Any(slice => slice.AsSpan().SequenceEqual(packet.Payload)));
    }
}
