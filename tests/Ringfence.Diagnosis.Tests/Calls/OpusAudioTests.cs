using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Media;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Diagnosis.Tests.Calls;

public sealed class OpusAudioTests
{
    [Fact]
    public void Opus_is_heard_and_recorded_at_its_own_rate()
    {
        Assert.SkipWhen(OpusCodec.WhyAbsent is not null, "skipped: libopus not present");
        using var codec = OpusCodec.Open()!;
        var trace = new Script()
            .A("INVITE", Opus(Script.Offer))
            .B(200, Opus(Script.Answer))
            .A("ACK", tag: "b")
            .Rtp(3, type: 111, step: 960, encode: i => Frame(codec, i))
            .Trace();
        var stream = trace.Streams.ShouldHaveSingleItem();
        stream.CodecName.ShouldBe("opus/48000/2");
        StreamHearing
            .Of(stream)
            .ShouldContain(
                s => s.Frequencies.Any(f => Math.Abs(f - 1_000) < 20),
                string.Join("; ", StreamHearing.Of(stream))
            );
        var wav = Record(trace, trace.Calls[0]).ShouldHaveSingleItem();
        wav.SampleRate.ShouldBe(48_000);
        wav.Duration.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Opus_of_others_is_heard_and_recorded()
    {
        Corpus.SkipIfAbsent();
        Assert.SkipWhen(OpusCodec.WhyAbsent is not null, "skipped: libopus not present");
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path("codec__fulljackz-DrawMyCall__sip-rtp-opus__c89202.pcap"))],
            cancellation: TestContext.Current.CancellationToken
        );
        var streams = trace.Streams.Where(s => s.Format is { } format && format == AudioFormat.Opus).ToList();
        streams.ShouldNotBeEmpty();
        streams.ShouldContain(s => StreamHearing.Samples(s).Any(sample => Math.Abs((int)sample) > 100));
        foreach (var call in trace.Calls.Where(call => call.Streams.Any(streams.Contains)))
        {
            Record(trace, call).ShouldContain(wav => wav.SampleRate == 48_000);
        }
    }

    private static string Opus(string sdp) =>
        sdp.Replace("RTP/AVP 8", "RTP/AVP 111", StringComparison.Ordinal)
            .Replace("rtpmap:8 PCMA/8000", "rtpmap:111 opus/48000/2", StringComparison.Ordinal);

    private static byte[] Frame(OpusCodec codec, int packet)
    {
        var samples = Enumerable.Range(packet * 960, 960).Select(i => Sine(i)).ToArray();
        var payload = new byte[1_275];
        return payload[..codec.Encode(samples, payload)];
    }

    private static short Sine(int sample) => (short)(8_000 * Math.Sin(2 * Math.PI * 1_000 * sample / 48_000));

    private static List<WavFile> Record(CallTrace trace, Call call)
    {
        var folder = Directory.CreateTempSubdirectory("opus").FullName;
        var files = new List<WavFile>();
        foreach (var name in StreamRecorder.Write(folder, trace, call))
        {
            WavFile.Read(File.ReadAllBytes(Path.Combine(folder, name)), out var wav).ShouldBe(WavFault.None);
            files.Add(wav!);
        }

        Directory.Delete(folder, recursive: true);
        return files;
    }
}
