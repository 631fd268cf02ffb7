using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Media;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Wav;

namespace Ringfence.Diagnosis.Tests.Calls;

public sealed class StreamAudioTests
{
    private const string Suite = "AES_CM_128_HMAC_SHA1_80";
    private const string Key = "inline:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB";

    [Fact]
    public void A_stream_is_recorded_in_full_length_and_not_only_what_was_kept()
    {
        const int Seconds = 45;
        var trace = Talk().Rtp(Seconds, tone: i => Script.Sine(i, 440)).Trace();
        StreamHearing.Samples(trace.Streams[0]).Length.ShouldBeLessThan(Seconds * 8_000);
        var wav = Record(trace);
        wav.SampleRate.ShouldBe(8_000);
        wav.Duration.ShouldBe(TimeSpan.FromSeconds(Seconds));
    }

    [Fact]
    public void Lost_packets_leave_silence_so_that_the_time_stays_right()
    {
        var trace = Talk().Rtp(4, skip: 10, tone: i => Script.Sine(i, 440)).Trace();
        trace.Streams[0].Lost.ShouldBe(20);
        Record(trace).Duration.ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void An_encrypted_stream_is_opened_with_the_key_of_the_session_description()
    {
        var trace = Secure(Key).Trace();
        var stream = trace.Streams.ShouldHaveSingleItem();
        stream.IsSecure.ShouldBeTrue();
        stream.Unopened.ShouldBe(0);
        StreamHearing.Of(stream).ShouldContain(s => s.Frequencies.Any(f => Math.Abs(f - 440) < 5));
        Record(trace).Duration.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Digits_in_an_encrypted_stream_are_read_with_its_key()
    {
        using var srtp = new SrtpContext(SrtpMasterKey.Read(new SdpCrypto(1, Suite, Key))!);
        var digit = new Script()
            .A("INVITE", Secured(Script.Offer))
            .B(200, Secured(Script.Answer))
            .Rtp(1, srtp: srtp, tone: i => Script.Sine(i, 440))
            .Wait(1)
            .Rtp(0.1, type: 101, srtp: srtp, encode: i => [5, (byte)(i == 4 ? 0x8A : 10), 3, 32], from: 50, step: 0)
            .Trace()
            .Calls[0]
            .Digits.ShouldHaveSingleItem();
        (digit.Kind, digit.Digit, digit.Ended).ShouldBe((DtmfKind.Event, '5', true));
        digit.Duration.ShouldBe(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void An_encrypted_stream_without_its_key_is_not_heard()
    {
        var trace = Secure("inline:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJC").Trace();
        var stream = trace.Streams.ShouldHaveSingleItem();
        stream.Unopened.ShouldBe(150);
        StreamRecorder.Write(Folder(), trace, trace.Calls[0]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(697, 1_209, '1')]
    [InlineData(941, 1_336, '0')]
    [InlineData(852, 1_633, 'C')]
    public void A_digit_is_heard_in_the_audio(int low, int high, char digit)
    {
        var trace = Talk()
            .Rtp(
                2,
                tone: i => i is > 4_000 and < 5_000 ? (short)(Script.Sine(i, low) + Script.Sine(i, high)) : (short)0
            )
            .Trace();
        var heard = trace.Calls[0].Digits.ShouldHaveSingleItem();
        heard.Kind.ShouldBe(DtmfKind.InBand);
        heard.Digit.ShouldBe(digit);
        ((heard.Time - trace.Streams[0].Start) / 1e9).ShouldBeInRange(0.5, 0.65);
    }

    [Fact]
    public void G722_is_heard_and_recorded_at_its_own_rate()
    {
        using var codec = new G722Codec();
        var trace = new Script()
            .A("INVITE", Wide(Script.Offer))
            .B(200, Wide(Script.Answer))
            .A("ACK", tag: "b")
            .Rtp(3, type: 9, encode: i => Frame(codec, i))
            .Trace();
        StreamHearing
            .Of(trace.Streams[0])
            .ShouldContain(
                s => s.Frequencies.Any(f => Math.Abs(f - 1_000) < 20),
                string.Join("; ", StreamHearing.Of(trace.Streams[0]))
            );
        var wav = Record(trace);
        wav.SampleRate.ShouldBe(16_000);
        wav.Duration.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void The_outline_follows_the_audio()
    {
        var stream = Talk().Rtp(2, tone: i => i < 8_000 ? (short)0 : Script.Sine(i, 440)).Trace().Streams[0];
        var outline = StreamWaveform.Of(stream, 100);
        outline.Count.ShouldBe(100);
        outline.Take(50).ShouldAllBe(point => point.High < 100);
        outline.Skip(51).ShouldAllBe(point => point.High > 7_000 && point.Low < -7_000);
    }

    private static string Wide(string sdp) =>
        sdp.Replace("RTP/AVP 8", "RTP/AVP 9", StringComparison.Ordinal)
            .Replace("rtpmap:8 PCMA", "rtpmap:9 G722", StringComparison.Ordinal);

    private static byte[] Frame(G722Codec codec, int packet)
    {
        var samples = Enumerable.Range(packet * 320, 320).Select(i => Script.Sine(i, 500)).ToArray();
        var payload = new byte[160];
        codec.Encode(samples, payload);
        return payload;
    }

    private static Script Talk() => new Script().A("INVITE", Script.Offer).B(200, Script.Answer).A("ACK", tag: "b");

    private static string Secured(string sdp) =>
        sdp.Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal) + $"a=crypto:1 {Suite} {Key}\r\n";

    private static Script Secure(string used)
    {
        using var srtp = new SrtpContext(SrtpMasterKey.Read(new SdpCrypto(1, Suite, used))!);
        return new Script()
            .A("INVITE", Secured(Script.Offer))
            .B(200, Secured(Script.Answer))
            .A("ACK", tag: "b")
            .Rtp(3, srtp: srtp, tone: i => Script.Sine(i, 440));
    }

    private static WavFile Record(Diagnosis.Calls.CallTrace trace)
    {
        var folder = Folder();
        var name = StreamRecorder.Write(folder, trace, trace.Calls[0]).ShouldHaveSingleItem();
        WavFile.Read(File.ReadAllBytes(Path.Combine(folder, name)), out var wav).ShouldBe(WavFault.None);
        Directory.Delete(folder, recursive: true);
        return wav!;
    }

    private static string Folder() => Directory.CreateTempSubdirectory("streams").FullName;
}
