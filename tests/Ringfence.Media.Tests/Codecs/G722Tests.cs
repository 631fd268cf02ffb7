using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tests.Codecs;

public sealed class G722Tests
{
    /// <summary>Delay of the two mirror filters together, in samples.</summary>
    private const int Delay = 22;

    [Theory]
    [InlineData(300, -10, 35)]
    [InlineData(1000, -10, 30)]
    [InlineData(1000, -40, 20)]
    [InlineData(3000, -10, 24)]
    [InlineData(5000, -10, 12)]
    [InlineData(6500, -20, 10)]
    public void A_tone_comes_back_with_little_noise(double frequency, double level, double least)
    {
        var tone = Tone(frequency, level, 16000);
        SignalToNoise(tone, RoundTrip(tone)).ShouldBeGreaterThan(least);
    }

    [Fact]
    public void Noise_of_the_whole_band_and_full_scale_come_back_recognisable()
    {
        var random = new Random(3);
        var noise = new short[16000];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (short)random.Next(-8000, 8000);
        }
        SignalToNoise(noise, RoundTrip(noise)).ShouldBeGreaterThan(8);
        var loud = Tone(800, 3, 16000);
        SignalToNoise(loud, RoundTrip(loud)).ShouldBeGreaterThan(20);
    }

    /// <summary>The sums are those of the same samples through spandsp's G.722, which follows the recommendation's.</summary>
    [Fact]
    public void It_is_bit_for_bit_what_another_implementation_makes_of_the_same_samples()
    {
        var (samples, state, smooth) = (new short[16000], 1u, 0);
        for (var i = 0; i < samples.Length; i++)
        {
            state = state * 1103515245 + 12345;
            smooth += ((short)(state >> 16) - smooth) >> 3;
            samples[i] = (short)smooth;
        }
        using var codec = new G722Codec();
        var payload = new byte[8000];
        codec.Encode(samples, payload);
        Convert
            .ToHexString(SHA256.HashData(payload))
            .ShouldBe("D6B663727C88A1CAF4D4B47FF1812F05ACFE78EDEB0E1D80830DA2BDB2E67616");
        codec.Decode(payload, samples);
        Convert
            .ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan())))
            .ShouldBe("A057523FBA9196DE16AAC6E9F4B05D52E14A0AA041EA032018B12FB2DB674292");
    }

    [Fact]
    public void Silence_stays_silent() => RoundTrip(new short[4000]).ShouldAllBe(sample => Math.Abs((int)sample) < 8);

    [Fact]
    public void After_lost_packets_both_ends_find_each_other_again()
    {
        var tone = Tone(700, -15, 32000);
        using var encoder = new G722Codec();
        using var decoder = new G722Codec();
        var (payload, heard) = (new byte[160], new short[320]);
        var result = new List<short>();
        foreach (var frame in tone.Chunk(320))
        {
            encoder.Encode(frame, payload).ShouldBe(160);
            var isLost = result.Count is >= 8000 and < 9600;
            decoder.Decode(isLost ? new byte[160] : payload, heard).ShouldBe(320);
            result.AddRange(heard);
        }
        SignalToNoise(tone[24000..], [.. result.Skip(24000)]).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Any_octets_decode_and_any_samples_encode()
    {
        var random = new Random(8);
        using var codec = new G722Codec();
        var (octets, samples) = (new byte[160], new short[320]);
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(octets);
            codec.Decode(octets, samples).ShouldBe(320);
            random.NextBytes(MemoryMarshal.AsBytes(samples.AsSpan()));
            codec.Encode(samples, octets).ShouldBe(160);
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_or_cut()
    {
        using var codec = new G722Codec();
        codec.Encode(new short[320], new byte[159]).ShouldBe(-1);
        codec.Encode(new short[321], new byte[160]).ShouldBe(160);
        codec.Decode(new byte[160], new short[100]).ShouldBe(100);
        codec.Decode([], new short[100]).ShouldBe(0);
    }

    private static short[] RoundTrip(short[] samples)
    {
        using var codec = new G722Codec();
        var payload = new byte[samples.Length / 2];
        var result = new short[samples.Length];
        codec.Encode(samples, payload).ShouldBe(payload.Length);
        codec.Decode(payload, result).ShouldBe(samples.Length);
        return result;
    }

    private static double SignalToNoise(short[] sent, short[] heard)
    {
        var (signal, noise) = (0.0, 0.0);
        // The first tenth of a second is that of adaptation.
        for (var i = 1600; i < sent.Length - Delay; i++)
        {
            double difference = heard[i + Delay] - sent[i];
            signal += (double)sent[i] * sent[i];
            noise += difference * difference;
        }
        return 10 * Math.Log10(signal / noise);
    }

    private static short[] Tone(double frequency, double level, int length)
    {
        var amplitude = Level.AmplitudeOf(level);
        return
        [
            .. Enumerable
                .Range(0, length)
                .Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * frequency * i / 16000))),
        ];
    }
}
