using Ringfence.Media.OfferAnswer;
using static Ringfence.Media.Tests.Sdp.SdpParserTests;

namespace Ringfence.Media.Tests.OfferAnswer;

public sealed class SdpComparisonTests
{
    [Fact]
    public void The_same_body_has_no_changes() => SdpComparison.Compare(Parsed(Offer), Parsed(Offer)).ShouldBeEmpty();

    [Theory]
    [InlineData("m=audio 4000", "m=audio 4002", SdpChangeKind.Port)]
    [InlineData("c=IN IP4 192.0.2.1", "c=IN IP4 192.0.2.2", SdpChangeKind.Address)]
    [InlineData("RTP/AVP 8 97", "RTP/AVP 97 8", SdpChangeKind.Formats)]
    [InlineData("97 iLBC/8000", "97 opus/48000/2", SdpChangeKind.PayloadTypeRemapped)]
    [InlineData("a=sendrecv", "a=recvonly", SdpChangeKind.Direction)]
    [InlineData("RTP/AVP", "RTP/AVPF", SdpChangeKind.Protocol)]
    [InlineData("a=ptime:20", "a=ptime:30", SdpChangeKind.PacketTime)]
    [InlineData("m=audio 4000", "m=audio 0", SdpChangeKind.Rejected)]
    [InlineData("m=audio", "m=video", SdpChangeKind.MediaKind)]
    [InlineData("inline:aaaa", "inline:bbbb", SdpChangeKind.Crypto)]
    public void A_change_is_found_and_so_is_a_version_that_did_not_grow(string old, string now, SdpChangeKind kind)
    {
        var before = Audio(
            "8 97",
            "a=rtpmap:97 iLBC/8000\r\na=sendrecv\r\na=ptime:20\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:aaaa\r\n"
        );
        var after = before.Replace(old, now, StringComparison.Ordinal);
        var kinds = SdpComparison.Compare(Parsed(before), Parsed(after)).Select(change => change.Kind).ToList();
        kinds.ShouldContain(kind);
        kinds.ShouldContain(SdpChangeKind.VersionNotRaised);
        var raised = after.Replace("o=- 1 1", "o=- 1 2", StringComparison.Ordinal);
        SdpComparison
            .Compare(Parsed(before), Parsed(raised))
            .ShouldNotContain(c => c.Kind == SdpChangeKind.VersionNotRaised);
    }

    [Fact]
    public void Media_added_and_removed_and_versions_that_jump_are_found()
    {
        var one = Parsed(Audio("0"));
        var two = Parsed(
            Audio("0", "m=audio 5000 RTP/AVP 0\r\n").Replace("o=- 1 1", "o=- 1 3", StringComparison.Ordinal)
        );
        SdpComparison
            .Compare(one, two)
            .Select(change => change.Kind)
            .ShouldBe([SdpChangeKind.VersionJumped, SdpChangeKind.MediaAdded]);
        SdpComparison
            .Compare(two, one)
            .Select(change => change.Kind)
            .ShouldBe([SdpChangeKind.VersionNotRaised, SdpChangeKind.MediaRemoved]);
    }

    [Fact]
    public void Another_session_is_found()
    {
        var other = Parsed(Audio("0").Replace("o=- 1 1", "o=- 2 1", StringComparison.Ordinal));
        SdpComparison.Compare(Parsed(Audio("0")), other).ShouldHaveSingleItem().Kind.ShouldBe(SdpChangeKind.Session);
    }
}
