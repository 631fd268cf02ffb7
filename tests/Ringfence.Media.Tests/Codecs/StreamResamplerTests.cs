using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tests.Codecs;

public sealed class StreamResamplerTests
{
    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(16000, 8000)]
    [InlineData(8000, 48000)]
    [InlineData(48000, 8000)]
    [InlineData(16000, 48000)]
    [InlineData(48000, 16000)]
    [InlineData(44100, 8000)]
    public void Every_packet_comes_out_as_long_as_it_went_in_and_a_tone_keeps_level_and_frequency(int from, int to)
    {
        var resampler = new StreamResampler(from, to);
        var converted = new List<short>();
        var part = new short[to / 10];
        var amplitude = Level.AmplitudeOf(-10);
        for (var packet = 0; packet < 50; packet++)
        {
            var samples = new short[from / 50];
            for (var i = 0; i < samples.Length; i++)
            {
                var at = packet * samples.Length + i;
                samples[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 1000 * at / from));
            }
            var count = resampler.Convert(samples, part);
            count.ShouldBe(to / 50);
            converted.AddRange(part[..count]);
        }
        var steady = converted.Skip(to / 10).ToArray();
        Level.Of(steady).ShouldBe(-10, 0.1);
        var crossings = 2 * 1000 * steady.Length / to;
        Crossings(steady).ShouldBeInRange(crossings - 2, crossings + 2);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_taken_out()
    {
        var resampler = new StreamResampler(16000, 8000);
        var samples = new short[16000 / 10];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(10_000 * Math.Sin(2 * Math.PI * 6000 * i / 16000));
        }
        var converted = new short[samples.Length];
        var count = resampler.Convert(samples, converted);
        Level.Of(converted.AsSpan(100, count - 100)).ShouldBeLessThan(Level.Of(samples) - 50);
    }

    [Fact]
    public void Another_stream_hears_nothing_of_the_one_before()
    {
        var resampler = new StreamResampler(8000, 16000);
        var loud = new short[160];
        Array.Fill(loud, (short)20_000);
        var converted = new short[400];
        resampler.Convert(loud, converted);
        resampler.Reset();
        var count = resampler.Convert(new short[160], converted);
        converted[..count].ShouldAllBe(sample => sample == 0);
    }

    private static int Crossings(short[] samples) =>
        samples.Zip(samples.Skip(1)).Count(pair => (pair.First < 0) != (pair.Second < 0));
}
