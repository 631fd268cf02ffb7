using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using static Ringfence.Media.Tests.Sdp.SdpParserTests;

namespace Ringfence.Media.Tests.OfferAnswer;

public sealed class AudioAnswerTests
{
    internal static readonly LocalAudio Local = new()
    {
        Rtp = new IPEndPoint(IPAddress.Parse("198.51.100.7"), 30000),
        Origin = SdpOrigin.Create(IPAddress.Parse("198.51.100.7"), 7),
    };

    [Fact]
    public void An_answer_has_the_lines_of_the_offer_in_their_order()
    {
        var result = AudioAnswer.Create(Parsed(Offer), Local);
        Encoding
            .UTF8.GetString(result.Body!)
            .ShouldBe(
                "v=0\r\no=- 7 7 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                    + "m=audio 30000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
                    + "a=fmtp:101 0-15\r\na=ptime:30\r\na=sendrecv\r\nm=video 0 RTP/AVP 31\r\n"
            );
        result.Audio!.Remote.ShouldBe(new IPEndPoint(IPAddress.Parse("192.0.2.10"), 49170));
        result.Audio.PacketTime.ShouldBe(30);
    }

    [Fact]
    public void Payload_types_are_those_of_the_offer()
    {
        var offer = Parsed(Audio("97 98", "a=rtpmap:97 PCMU/8000\r\na=rtpmap:98 telephone-event/8000\r\n"));
        var audio = AudioAnswer.Create(offer, Local).Audio!;
        audio.Send.PayloadType.ShouldBe((byte)97);
        audio.ReceivePayloadType.ShouldBe((byte)97);
        audio.SendEvents!.PayloadType.ShouldBe((byte)98);
    }

    [Fact]
    public void The_first_common_encoding_of_the_offer_is_taken()
    {
        AudioAnswer.Create(Parsed(Audio("18 0 8")), Local).Audio!.Send.Format.ShouldBe(AudioFormat.Pcmu);
        AudioAnswer.Create(Parsed(Audio("18 8 0")), Local).Audio!.Send.Format.ShouldBe(AudioFormat.Pcma);
    }

    [Theory]
    [InlineData("sendrecv", MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData("sendonly", MediaDirection.SendRecv, MediaDirection.RecvOnly)]
    [InlineData("recvonly", MediaDirection.SendRecv, MediaDirection.SendOnly)]
    [InlineData("inactive", MediaDirection.SendRecv, MediaDirection.Inactive)]
    [InlineData("sendrecv", MediaDirection.SendOnly, MediaDirection.SendOnly)]
    [InlineData("sendonly", MediaDirection.SendOnly, MediaDirection.Inactive)]
    [InlineData("recvonly", MediaDirection.RecvOnly, MediaDirection.Inactive)]
    public void Direction_is_mirrored_and_narrowed(string offered, MediaDirection own, MediaDirection answered)
    {
        var result = AudioAnswer.Create(Parsed(Audio("0", $"a={offered}\r\n")), Local with { Direction = own });
        result.Audio!.Direction.ShouldBe(answered);
        Parsed(Encoding.UTF8.GetString(result.Body!)).Audio!.Direction.ShouldBe(answered);
    }

    [Fact]
    public void Hold_by_address_zero_is_answered_like_sendonly()
    {
        var offer = Parsed(Audio("0").Replace("c=IN IP4 192.0.2.1", "c=IN IP4 0.0.0.0", StringComparison.Ordinal));
        var audio = AudioAnswer.Create(offer, Local).Audio!;
        audio.Direction.ShouldBe(MediaDirection.RecvOnly);
        audio.Remote.ShouldBeNull();
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("a=ptime:40\r\n", 40)]
    [InlineData("a=ptime:15\r\n", 20)]
    [InlineData("a=ptime:200\r\n", 20)]
    [InlineData("a=ptime:40\r\na=maxptime:30\r\n", 30)]
    [InlineData("a=maxptime:10\r\n", 10)]
    public void Packet_time_follows_the_offer_within_reason(string lines, int time) =>
        AudioAnswer.Create(Parsed(Audio("0", lines)), Local).Audio!.PacketTime.ShouldBe(time);

    [Fact]
    public void Telephone_events_of_another_clock_are_not_taken()
    {
        var offer = Parsed(Audio("0 101", "a=rtpmap:101 telephone-event/48000\r\n"));
        AudioAnswer.Create(offer, Local).Audio!.SendEvents.ShouldBeNull();
    }

    [Fact]
    public void A_second_audio_line_is_taken_when_the_first_cannot_be()
    {
        var result = AudioAnswer.Create(Parsed(Audio("18", "m=audio 5000 RTP/AVP 0\r\n")), Local);
        result.Audio!.MediaIndex.ShouldBe(1);
        var answer = Parsed(Encoding.UTF8.GetString(result.Body!));
        answer.Media.Select(media => media.Port).ShouldBe([0, 30000]);
    }

    [Theory]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\n", NegotiationFault.NoAudio)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n", NegotiationFault.NoAudio)]
    [InlineData(
        "v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 192.0.2.1\r\nm=image 5000 udptl t38\r\n",
        NegotiationFault.NoAudio
    )]
    [InlineData(
        "v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 192.0.2.1\r\nm=audio 5 RTP/AVP 18\r\n",
        NegotiationFault.NoCommonFormat
    )]
    [InlineData(
        "v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 192.0.2.1\r\nm=audio 5 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n",
        NegotiationFault.NoCommonFormat
    )]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4 192.0.2.1\r\nm=audio 5 RTP/SAVP 0\r\n", NegotiationFault.Security)]
    public void An_offer_that_cannot_be_met_is_a_fault(string offer, NegotiationFault fault)
    {
        var result = AudioAnswer.Create(Parsed(offer), Local);
        result.IsAnswered.ShouldBeFalse();
        result.Fault.ShouldBe(fault);
    }

    [Fact]
    public void Crypto_is_answered_with_the_tag_of_the_offer_and_own_keys()
    {
        var theirs = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180).ToCrypto(3);
        var lines = string.Concat(
            new[]
            {
                $"1 F8_128_HMAC_SHA1_80 {theirs.KeyParams}",
                $"2 {theirs.Suite} {theirs.KeyParams} UNENCRYPTED_SRTCP",
                $"3 {theirs.Suite} {theirs.KeyParams}",
            }.Select(line => $"a=crypto:{line}\r\n")
        );
        var offer = Parsed(Audio("0", lines).Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal));
        var result = AudioAnswer.Create(
            offer,
            Local with
            {
                Crypto = [new SdpCrypto(1, "AES_CM_128_HMAC_SHA1_80", "inline:own")],
            }
        );
        result.Audio!.RemoteCrypto.ShouldBe(theirs);
        var line = Parsed(Encoding.UTF8.GetString(result.Body!)).Audio!.Crypto.ShouldHaveSingleItem();
        line.ShouldBe(new SdpCrypto(3, "AES_CM_128_HMAC_SHA1_80", "inline:own"));
    }

    [Fact]
    public void Every_suite_is_offered_best_first_and_the_answer_chooses()
    {
        var keys = SrtpSuite.All.Select((suite, i) => SrtpMasterKey.Create(suite).ToCrypto(i + 1)).ToArray();
        var ours = Local with { Crypto = keys };
        var offer = Parsed(Encoding.UTF8.GetString(AudioOffer.Create(ours)));
        offer.Audio!.Crypto.ShouldBe(keys);
        foreach (var suite in SrtpSuite.All)
        {
            var theirs = SrtpMasterKey.Create(suite).ToCrypto(9);
            var answer = AudioAnswer.Create(offer, Local with { Crypto = [theirs] });
            AudioOffer
                .Accept(offer, Parsed(Encoding.UTF8.GetString(answer.Body!)), out var agreed)
                .ShouldBe(NegotiationFault.None);
            agreed!.LocalCrypto.ShouldBe(keys.Single(key => key.Suite == suite.Name));
            agreed.RemoteCrypto!.KeyParams.ShouldBe(theirs.KeyParams);
        }
    }

    [Fact]
    public void Offer_and_answer_agree_on_both_sides()
    {
        var offered = Gen.Elements(AudioFormat.Pcma, AudioFormat.Pcmu, AudioFormat.G722, AudioFormat.Opus);
        var directions = Gen.Elements(Enum.GetValues<MediaDirection>());
        var cases =
            from formats in Gen.NonEmptyListOf(offered)
            from direction in directions
            from mux in Gen.Elements(true, false)
            select (formats: formats.Distinct().ToList(), direction, mux);
        Prop.ForAll(
                Arb.From(cases),
                input =>
                {
                    var caller = Local with
                    {
                        Rtp = new IPEndPoint(IPAddress.Parse("192.0.2.9"), 5000),
                        Formats = input.formats,
                        Direction = input.direction,
                        RtcpMux = input.mux,
                    };
                    var offer = Parsed(Encoding.UTF8.GetString(AudioOffer.Create(caller)));
                    var result = AudioAnswer.Create(offer, Local with { Formats = input.formats, RtcpMux = true });
                    var answer = Parsed(Encoding.UTF8.GetString(result.Body!));
                    AudioOffer.Accept(offer, answer, out var seen).ShouldBe(NegotiationFault.None);
                    var (here, there) = (result.Audio!, seen!);
                    there.Send.Format.ShouldBe(here.Send.Format);
                    there.Send.PayloadType.ShouldBe(here.ReceivePayloadType);
                    there.Direction.ShouldBe(here.Direction.Mirrored());
                    there.RtcpMux.ShouldBe(here.RtcpMux);
                    here.RtcpMux.ShouldBe(input.mux);
                    there.Remote.ShouldBe(Local.Rtp);
                    here.Remote.ShouldBe(caller.Rtp);
                    there.ReceiveEvents.ShouldBe(here.SendEvents?.PayloadType);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("18", NegotiationFault.NoCommonFormat)]
    [InlineData("0\r\nm=audio 1 RTP/AVP 0", NegotiationFault.MediaMismatch)]
    public void A_senseless_answer_is_a_fault(string formats, NegotiationFault fault)
    {
        var offer = Parsed(Encoding.UTF8.GetString(AudioOffer.Create(Local)));
        AudioOffer.Accept(offer, Parsed(Audio(formats)), out var audio).ShouldBe(fault);
        audio.ShouldBeNull();
    }

    [Fact]
    public void A_rejected_answer_and_one_of_another_kind_are_faults()
    {
        var offer = Parsed(Encoding.UTF8.GetString(AudioOffer.Create(Local)));
        AudioOffer
            .Accept(offer, Parsed(Audio("0").Replace("4000", "0", StringComparison.Ordinal)), out _)
            .ShouldBe(NegotiationFault.NoAudio);
        AudioOffer
            .Accept(offer, Parsed(Audio("0").Replace("m=audio", "m=video", StringComparison.Ordinal)), out _)
            .ShouldBe(NegotiationFault.MediaMismatch);
    }
}
