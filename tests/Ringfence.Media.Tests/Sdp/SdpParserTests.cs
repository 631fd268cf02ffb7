using System.Net;
using System.Text;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.Sdp;

public sealed class SdpParserTests
{
    internal const string Offer =
        "v=0\r\no=alice 2890844526 2890844527 IN IP4 host.atlanta.example.com\r\ns= \r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
        + "a=sendrecv\r\nm=audio 49170 RTP/AVP 8 0 96 101\r\nx=of tomorrow\r\na=rtpmap:96 OPUS/48000/2\r\n"
        + "a=fmtp:96 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:30\r\n"
        + "a=maxptime:150\r\na=rtcp:53020 IN IP4 192.0.2.11\r\na=x-own:something odd \r\n"
        + "m=video 51372 RTP/AVP 31\r\nc=IN IP6 2001:db8::1\r\na=inactive\r\n";

    [Fact]
    public void Every_value_of_an_offer_is_read()
    {
        var session = Parsed(Offer);
        session.Origin.ShouldBe(new SdpOrigin("alice", 2890844526, 2890844527, "host.atlanta.example.com"));
        session.Media.Count.ShouldBe(2);
        var audio = session.Audio!;
        audio.Kind.ShouldBe(MediaKind.Audio);
        audio.Port.ShouldBe(49170);
        audio.Target.ShouldBe(new IPEndPoint(IPAddress.Parse("192.0.2.10"), 49170));
        audio.RtcpTarget.ShouldBe(new IPEndPoint(IPAddress.Parse("192.0.2.11"), 53020));
        audio.Direction.ShouldBe(MediaDirection.SendRecv);
        audio.PacketTime.ShouldBe(30);
        audio.MaxPacketTime.ShouldBe(150);
        audio.Formats.Select(map => map.PayloadType).ShouldBe([8, 0, 96, 101]);
        audio.Formats[0].Format.ShouldBe(AudioFormat.Pcma);
        audio.Formats[2].Format.ShouldBe(AudioFormat.Opus);
        audio.Formats[2].Parameters.ShouldBe("useinbandfec=1");
        audio.TelephoneEvent()!.Parameters.ShouldBe("0-16");
        audio.TryGetAttribute("x-own"u8, out var own).ShouldBeTrue();
        Encoding.UTF8.GetString(own).ShouldBe("something odd");
        session.Media[1].Direction.ShouldBe(MediaDirection.Inactive);
        session.Media[1].Target!.Address.ShouldBe(IPAddress.Parse("2001:db8::1"));
    }

    [Fact]
    public void Bytes_survive_as_they_came() => Encoding.UTF8.GetString(Parsed(Offer).Bytes.Span).ShouldBe(Offer);

    [Fact]
    public void Line_feeds_alone_and_spaces_behind_the_equals_sign_are_tolerated()
    {
        var session = Parsed("v=0\no= - 1 1 IN IP4 192.0.2.1\nc= IN IP4 192.0.2.1\nm= audio 4000 RTP/AVP 0");
        session.Audio!.Port.ShouldBe(4000);
        session.Audio.Find(AudioFormat.Pcmu).ShouldNotBeNull();
    }

    [Fact]
    public void Rtpmap_with_one_channel_equals_one_without() =>
        Parsed(Audio("96", "a=rtpmap:96 pcmu/8000/1\r\n")).Audio!.Formats[0].Format.ShouldBe(AudioFormat.Pcmu);

    [Fact]
    public void A_dynamic_type_without_rtpmap_is_no_format() =>
        Parsed(Audio("96 0")).Audio!.Formats.ShouldHaveSingleItem().PayloadType.ShouldBe((byte)0);

    [Fact]
    public void Address_zero_is_hold_and_no_target()
    {
        var audio = Parsed("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4 0.0.0.0\r\nm=audio 4000 RTP/AVP 0\r\n").Audio!;
        audio.IsHold.ShouldBeTrue();
        audio.Target.ShouldBeNull();
    }

    [Fact]
    public void Port_zero_is_rejected_and_needs_no_connection()
    {
        var session = Parsed("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n");
        session.Media[0].IsRejected.ShouldBeTrue();
        session.Audio.ShouldBeNull();
    }

    [Fact]
    public void A_domain_name_is_kept_and_is_no_target()
    {
        var audio = Parsed(
            Audio("0").Replace("IP4 192.0.2.1\r\nm", "IP4 media.example\r\nm", StringComparison.Ordinal)
        );
        audio.Audio!.Connection!.Host.ShouldBe("media.example");
        audio.Audio.Target.ShouldBeNull();
    }

    [Fact]
    public void Rtcp_goes_to_the_next_port_or_to_the_same_with_mux()
    {
        Parsed(Audio("0")).Audio!.RtcpTarget!.Port.ShouldBe(4001);
        Parsed(Audio("0", "a=rtcp-mux\r\n")).Audio!.RtcpTarget!.Port.ShouldBe(4000);
    }

    [Fact]
    public void Crypto_lines_are_read_and_never_shown()
    {
        var audio = Parsed(
            Audio("0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^20 UNENCRYPTED_SRTCP\r\n")
        ).Audio!;
        var line = audio.Crypto.ShouldHaveSingleItem();
        line.Tag.ShouldBe(1);
        line.KeyParams.ShouldBe("inline:c2VjcmV0|2^20 UNENCRYPTED_SRTCP");
        line.ToString().ShouldNotContain("c2Vj");
    }

    [Theory]
    [InlineData("", SdpFault.Empty, 0)]
    [InlineData("\r\n\r\n", SdpFault.Empty, 0)]
    [InlineData("v=1\r\n", SdpFault.Version, 1)]
    [InlineData("o=- 1 1 IN IP4 192.0.2.1\r\n", SdpFault.Version, 1)]
    [InlineData("v=0\r\ns=-\r\n", SdpFault.Origin, 0)]
    [InlineData("v=0\r\no=- 1 IN IP4 192.0.2.1\r\n", SdpFault.Origin, 2)]
    [InlineData("v=0\r\no=- x 1 IN IP4 192.0.2.1\r\n", SdpFault.Origin, 2)]
    [InlineData("v=0\r\no=- 99999999999999999999 1 IN IP4 192.0.2.1\r\n", SdpFault.Origin, 2)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\no=- 1 1 IN IP4 h\r\n", SdpFault.Origin, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4\r\n", SdpFault.Connection, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 ::1\r\n", SdpFault.Connection, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=ATM NSAP 1\r\n", SdpFault.Connection, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 4000 RTP/AVP\r\n", SdpFault.Media, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 70000 RTP/AVP 0\r\n", SdpFault.Media, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio -1 RTP/AVP 0\r\n", SdpFault.Media, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 4000/x RTP/AVP 0\r\n", SdpFault.Media, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 4000 RTP/AVP 0\r\n", SdpFault.NoConnection, 3)]
    [InlineData("v=0\r\nbroken\r\n", SdpFault.NotALine, 2)]
    [InlineData("v=0\r\n\r\no=- 1 1 IN IP4 h\r\n", SdpFault.NotALine, 2)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\0\r\n", SdpFault.ForbiddenOctet, 2)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\rx=1\r\n", SdpFault.ForbiddenOctet, 2)]
    public void Bad_bodies_are_refused_with_the_line(string body, SdpFault fault, int line)
    {
        var result = SdpParser.Parse(Encoding.UTF8.GetBytes(body));
        result.IsParsed.ShouldBeFalse();
        result.Error.ShouldBe(new SdpError(fault, line));
    }

    [Theory]
    [InlineData("a=rtpmap:96\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtpmap:128 PCMU/8000\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtpmap:96 PCMU\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtpmap:96 PCMU/0\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtpmap:96 /8000\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtpmap:96 PCMU/8000/2/3\r\n", SdpFault.RtpMap)]
    [InlineData("a=rtcp:70000\r\n", SdpFault.Rtcp)]
    [InlineData("a=rtcp:4001 IN IP4\r\n", SdpFault.Rtcp)]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80\r\n", SdpFault.Crypto)]
    [InlineData("a=crypto:x AES_CM_128_HMAC_SHA1_80 inline:a\r\n", SdpFault.Crypto)]
    public void Bad_attributes_are_refused_with_the_line(string line, SdpFault fault) =>
        SdpParser.Parse(Encoding.UTF8.GetBytes(Audio("0", line))).Error.ShouldBe(new SdpError(fault, 5));

    [Theory]
    [InlineData("a=ptime:\r\n", null)]
    [InlineData("a=ptime:0\r\n", null)]
    [InlineData("a=ptime:never\r\n", null)]
    [InlineData("a=ptime:20.0\r\n", 20)]
    public void A_senseless_packet_time_is_as_good_as_none(string line, int? time) =>
        Parsed(Audio("0", line)).Audio!.PacketTime.ShouldBe(time);

    [Fact]
    public void Limits_hold_and_the_limit_itself_passes()
    {
        Fault(Audio("0", string.Concat(Enumerable.Repeat("a=x\r\n", SdpLimits.Lines - 4)))).ShouldBeNull();
        Fault(Audio("0", string.Concat(Enumerable.Repeat("a=x\r\n", SdpLimits.Lines - 3))))
            .ShouldBe(SdpFault.TooManyLines);
        var media = string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\r\n", SdpLimits.Media - 1));
        Fault(Audio("0", media)).ShouldBeNull();
        Fault(Audio("0", media + "m=audio 0 RTP/AVP 0\r\n")).ShouldBe(SdpFault.TooManyMedia);
        var formats = string.Join(' ', Enumerable.Range(0, SdpLimits.Formats));
        Fault(Audio(formats)).ShouldBeNull();
        Fault(Audio(formats + " 99")).ShouldBe(SdpFault.TooManyFormats);
        var most = Audio("0", "a=");
        Fault(most + new string('x', SdpLimits.Bytes - most.Length)).ShouldBeNull();
        Fault(most + new string('x', SdpLimits.Bytes - most.Length + 1)).ShouldBe(SdpFault.TooLong);
    }

    [Fact]
    public void Every_cut_of_a_body_is_an_outcome()
    {
        var body = Encoding.UTF8.GetBytes(Offer);
        for (var length = 0; length <= body.Length; length++)
        {
            var result = SdpParser.Parse(body.AsSpan(0, length));
            (result.IsParsed || result.Error.Line <= 19).ShouldBeTrue();
        }
    }

    [Fact]
    public void Random_damage_is_an_outcome()
    {
        var random = new Random(1);
        var body = Encoding.UTF8.GetBytes(Offer);
        for (var round = 0; round < 5000; round++)
        {
            var damaged = body.ToArray();
            for (var i = 0; i < 3; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            var result = SdpParser.Parse(damaged);
            if (result.IsParsed)
            {
                result.Session.Bytes.Span.SequenceEqual(damaged).ShouldBeTrue();
            }
        }
    }

    internal static SessionDescription Parsed(string body)
    {
        var result = SdpParser.Parse(Encoding.UTF8.GetBytes(body));
        result.IsParsed.ShouldBeTrue(result.Error.ToString());
        return result.Session!;
    }

    internal static string Audio(string formats, string lines = "") =>
        $"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP {formats}\r\n{lines}";

    private static SdpFault? Fault(string body)
    {
        var result = SdpParser.Parse(Encoding.UTF8.GetBytes(body));
        return result.IsParsed ? null : result.Error.Fault;
    }
}
