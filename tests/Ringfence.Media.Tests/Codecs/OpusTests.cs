using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tests.Codecs;

public sealed class OpusTests
{
    private const int Frame = 960;

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    public void A_tone_comes_back_with_its_level_and_frequency(int milliseconds)
    {
        using var codec = Open();
        var length = 48 * milliseconds;
        var heard = new List<short>();
        var decoded = new short[5760];
        var payload = new byte[1400];
        for (var packet = 0; packet < 1500 / milliseconds; packet++)
        {
            var octets = codec.Encode(Tone(packet * length, length), payload);
            octets.ShouldBeInRange(3, 1000);
            var count = codec.Decode(payload.AsSpan(0, octets), decoded);
            count.ShouldBe(length);
            heard.AddRange(decoded[..count]);
        }
        var steady = heard.Skip(24_000).ToArray();
        Level.Of(steady).ShouldBe(-12, 1);
        steady.Zip(steady.Skip(1)).Count(pair => (pair.First < 0) != (pair.Second < 0)).ShouldBeInRange(850, 910);
    }

    [Fact]
    public void Garbage_and_nothing_decode_to_nothing()
    {
        using var codec = Open();
        codec.Decode([], new short[Frame]).ShouldBe(0);
        // A code 3 packet that says it has frames and has none (RFC 6716 section 3.2.5).
        codec.Decode([0xFB, 0x3F], new short[Frame]).ShouldBe(0);
        codec.Encode(new short[7], new byte[100]).ShouldBe(-1);
    }

    [Fact]
    public void The_codecs_are_those_of_the_formats_and_what_is_absent_is_named()
    {
        AudioCodecs.Create(AudioFormat.G722)!.SampleRate.ShouldBe(16000);
        AudioCodecs.Create(new AudioFormat("L16", 16000))!.SampleRate.ShouldBe(16000);
        AudioCodecs.Create(new AudioFormat("L16", 44100, 2)).ShouldBeNull();
        AudioCodecs.Create(new AudioFormat("G729", 8000)).ShouldBeNull();
        AudioCodecs.WhyAbsent(AudioFormat.Pcma).ShouldBeNull();
        AudioCodecs.WhyAbsent(new AudioFormat("G729", 8000))!.ShouldContain("G729");
        (AudioCodecs.WhyAbsent(AudioFormat.Opus) is null).ShouldBe(AudioCodecs.Create(AudioFormat.Opus) is not null);
    }

    private static OpusCodec Open()
    {
        Assert.SkipWhen(OpusCodec.WhyAbsent is not null, OpusCodec.WhyAbsent ?? "");
        return OpusCodec.Open()!;
    }

    private static short[] Tone(int from, int length)
    {
        var amplitude = Level.AmplitudeOf(-12);
        return
        [
            .. Enumerable
                .Range(from, length)
                .Select(i => (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 440 * i / 48_000))),
        ];
    }
}
