using System.Net;
using System.Text;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.OfferAnswer;

/// <summary>Offer and answer of an early session (RFC 3959 §4 and §7).</summary>
public sealed class EarlySessionAudioTests
{
    /// <summary>Figure 2, as an offer that names what it has.</summary>
    private const string Offer =
        "v=0\r\no=alice 2890844730 2890844731 IN IP4 host.example.com\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 20000 RTP/AVP 8 9 118\r\na=rtpmap:118 telephone-event/8000\r\n";

    /// <summary>Figure 4.</summary>
    private const string Answer =
        "v=0\r\no=alice 2890844717 2890844717 IN IP4 host.example.com\r\ns=\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 20002 RTP/AVP 8\r\n";

    private static readonly LocalAudio Local = new()
    {
        Rtp = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 30000),
        Origin = SdpOrigin.Create(IPAddress.Parse("192.0.2.2"), 1),
        Formats = [AudioFormat.G722, AudioFormat.Pcma],
    };

    private static readonly LocalAudio Early = Local with { Rtp = new IPEndPoint(Local.Rtp.Address, 30002) };

    [Fact]
    public void It_offers_what_the_session_has_agreed_on_at_another_port()
    {
        NegotiatedAudio session = AudioAnswer.Create(SdpParser.Parse(Bytes(Offer)).Session!, Local).Audio!;
        SessionDescription offer = SdpParser.Parse(EarlySessionAudio.Offer(Early, session)).Session!;
        offer.Media.Count.ShouldBe(1);
        offer.Audio!.Target!.Port.ShouldBe(30002);
        offer.Audio.FormatTokens.ShouldBe(["8", "118"]);
        offer.Audio.TelephoneEvent(8000)!.PayloadType.ShouldBe((byte)118);
    }

    [Fact]
    public void An_answer_is_told_from_a_refusal_nothing_and_nonsense()
    {
        NegotiatedAudio session = AudioAnswer.Create(SdpParser.Parse(Bytes(Offer)).Session!, Local).Audio!;
        byte[] offer = EarlySessionAudio.Offer(Early, session);
        EarlySessionAudio
            .Accept(offer, Bytes(Answer), out NegotiatedAudio? audio)
            .ShouldBe(EarlySessionAnswer.Accepted);
        audio!.Remote.ShouldBe(IPEndPoint.Parse("192.0.2.1:20002"));
        EarlySessionAudio
            .Accept(offer, Bytes(Answer.Replace("audio 20002", "audio 0", StringComparison.Ordinal)), out audio)
            .ShouldBe(EarlySessionAnswer.Refused);
        audio.ShouldBeNull();
        EarlySessionAudio.Accept(offer, default, out _).ShouldBe(EarlySessionAnswer.Missing);
        EarlySessionAudio.Accept(offer, "x"u8, out _).ShouldBe(EarlySessionAnswer.Unusable);
        EarlySessionAudio
            .Accept(offer, Bytes(Answer.Replace("AVP 8", "AVP 0", StringComparison.Ordinal)), out _)
            .ShouldBe(EarlySessionAnswer.Unusable);
    }

    [Fact]
    public void A_refusal_has_port_0_for_every_stream()
    {
        SessionDescription offer = SdpParser.Parse(Bytes(Offer + "m=video 20004 RTP/AVP 31\r\n")).Session!;
        SdpParseResult refusal = SdpParser.Parse(EarlySessionAudio.Refuse(offer, Local.Rtp.Address, 7));
        refusal.IsParsed.ShouldBeTrue();
        refusal.Session!.Media.Count.ShouldBe(2);
        refusal.Session.Media.ShouldAllBe(media => media.IsRejected);
        EarlySessionAudio.Accept(Bytes(Offer), refusal.Session.Bytes.Span, out _).ShouldBe(EarlySessionAnswer.Refused);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
