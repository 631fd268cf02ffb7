using Ringfence.Media.Codecs;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Tones;

public sealed class ToneGeneratorTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    public void Bursts_begin_and_end_on_the_exact_sample(int rate)
    {
        var samples = Render("440/1500,0/3500", -10, rate, 15);
        for (var period = 0; period < 3; period++)
        {
            var start = period * 5 * rate;
            var end = start + 3 * rate / 2;
            Array.FindIndex(samples, start, sample => sample != 0).ShouldBeInRange(start, start + 4);
            Array
                .FindLastIndex(samples, start + 5 * rate - 1, 5 * rate, sample => sample != 0)
                .ShouldBeInRange(end - 5, end - 1);
        }
    }

    [Theory]
    [InlineData("425/1000,0/4000", -10, -10)]
    [InlineData("440+480/2000,0/4000", -19, -15.99)]
    [InlineData("400*16/1000,0/2000", -10, -8.66)]
    [InlineData("425@-20/1000,0/1000", -10, -20)]
    public void The_level_is_right_within_a_tenth(string tone, double level, double power)
    {
        var samples = Render(tone, level, 8000, 1);
        Level.Of(samples.AsSpan(400, 7000)).ShouldBe(power, 0.1);
    }

    [Fact]
    public void Every_frequency_of_every_country_has_its_level_and_nothing_clips_or_clicks()
    {
        foreach (var country in TonePlan.Default.Countries)
        {
            foreach (var tone in new[] { country.Ringback, country.Busy, country.Congestion, country.Information })
            {
                var samples = new short[16000];
                new ToneGenerator(tone.Cadence, 8000).Read(samples);
                samples.Max(sample => Math.Abs((int)sample)).ShouldBeLessThan(32000);
                // The steepest that these levels and frequencies allow, with something over for the modulation.
                var steepest = 4 * Math.PI * 1900 / 8000 * Level.AmplitudeOf(tone.Cadence.Level) * 1.2;
                Enumerable
                    .Range(1, samples.Length - 1)
                    .Max(i => Math.Abs(samples[i] - samples[i - 1]))
                    .ShouldBeLessThan((int)steepest);
            }
        }
    }

    [Fact]
    public void A_tone_does_not_depend_on_how_it_is_read()
    {
        var whole = Render("440+480/200,0/100", -19, 8000, 2);
        var generator = new ToneGenerator(ToneCadence.Parse("440+480/200,0/100", -19)!, 8000);
        var pieces = new short[whole.Length];
        var random = new Random(5);
        for (var at = 0; at < pieces.Length; )
        {
            var length = Math.Min(random.Next(1, 400), pieces.Length - at);
            generator.Read(pieces.AsSpan(at, length));
            at += length;
        }
        pieces.ShouldBe(whole);
        generator.Restart();
        generator.Read(pieces);
        pieces.ShouldBe(whole);
    }

    [Fact]
    public void The_phase_runs_on_from_burst_to_burst()
    {
        // 410 Hz has no whole number of periods in 125 ms; the second burst continues where an unbroken tone would be.
        var broken = Render("410/75,0/50", -10, 8000, 1);
        var unbroken = Render("410/1000", -10, 8000, 1);
        broken.AsSpan(1025, 500).SequenceEqual(unbroken.AsSpan(1025, 500)).ShouldBeTrue();
        unbroken.AsSpan(0, 500).ToArray().Any(sample => sample > 7000).ShouldBeTrue();
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var generator = new ToneGenerator(ToneCadence.Parse("440+480/2000,0/4000", -19)!, 8000);
        var frame = new short[160];
        generator.Read(frame);

        // The framework may allocate something of its own, once; what reading allocates it would allocate in every round.
        Enumerable.Range(0, 3).Min(_ => AllocatedBy(generator, frame)).ShouldBe(0);
    }

    private static long AllocatedBy(ToneGenerator generator, short[] frame)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            generator.Read(frame);
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_cadence_shorter_than_a_sample_is_a_programmers_error() =>
        Should.Throw<ArgumentException>(() => new ToneGenerator(ToneCadence.Parse("440/0.01", -10)!, 8000));

    internal static short[] Render(string tone, double level, int rate, double seconds)
    {
        var samples = new short[(int)(rate * seconds)];
        new ToneGenerator(ToneCadence.Parse(tone, level)!, rate).Read(samples);
        return samples;
    }
}
