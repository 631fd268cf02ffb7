using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Hearing;

public sealed class ListenerTests
{
    private static readonly TonePlan Plan = TonePlan.Default;

    [Fact]
    public void Ringback_of_France_is_heard_with_its_cadence_and_level()
    {
        var segment = Sole(Render("FR", tones => tones.Ringback, 20));
        segment.Kind.ShouldBe(HeardKind.Ringback);
        segment.Frequencies.ShouldHaveSingleItem().ShouldBe(440, 1);
        ((double)segment.Cadence[0]).ShouldBe(1500, 10);
        ((double)segment.Cadence[1]).ShouldBe(3500, 10);
        segment.Level.ShouldBe(-10, 0.3);
        segment.Countries.ShouldContain("FR");
        segment.Countries.ShouldContain("RE");
        segment.Countries.ShouldNotContain("ES");
    }

    [Fact]
    public void Ringback_of_one_gateway_and_then_of_the_next_are_two_segments()
    {
        short[] heard = [.. Render("FR", tones => tones.Ringback, 10), .. Render("GB", tones => tones.Ringback, 9)];

        HeardSegment[] rings = [.. Listener.Analyse(heard, 8000).Where(one => one.Kind == HeardKind.Ringback)];

        rings.Length.ShouldBe(2);
        rings[0].Countries.ShouldContain("FR");
        rings[1].Countries.ShouldContain("GB");
    }

    [Fact]
    public void Every_ringback_is_heard_as_that_of_its_country()
    {
        var wrong = new List<string>();
        foreach (var country in Plan.Countries.DistinctBy(tones => tones.Ringback.Cadence.ToString()))
        {
            var heard = Sole(Coded(Render(country.Country, tones => tones.Ringback, 21)));
            if (heard.Kind != HeardKind.Ringback || !heard.Countries.Contains(country.Country))
            {
                wrong.Add($"{country.Country} {country.Ringback.Cadence}: {heard}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_busy_and_congestion_tone_is_heard_as_one_of_the_two()
    {
        var wrong = new List<string>();
        var tones = Plan.Countries.SelectMany(country => new[] { country.Busy.Cadence, country.Congestion.Cadence });
        foreach (var tone in tones.Where(IsPlain).DistinctBy(tone => tone.ToString()))
        {
            var heard = Sole(Coded(Render(tone, 12)));
            if (heard.Kind is not (HeardKind.Busy or HeardKind.Congestion))
            {
                wrong.Add($"{tone}: {heard}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-40, 0)]
    [InlineData(-30, 1)]
    [InlineData(-19, 2)]
    [InlineData(-10, 3)]
    [InlineData(-6, 4)]
    public void Levels_and_lost_packets_do_not_matter(double level, int seed)
    {
        foreach (var iso in new[] { "US", "FR", "DE", "GB", "ZA" })
        {
            var cadence = Plan.ByCountry(iso)!.Ringback.Cadence with { Level = level };
            var heard = Sole(Lossy(Coded(Render(cadence, 30)), seed));
            heard.Kind.ShouldBe(HeardKind.Ringback, $"{iso} {heard}");
            heard.Countries.ShouldContain(iso);
            for (var i = 0; i < heard.Cadence.Count; i++)
            {
                ((double)heard.Cadence[i]).ShouldBe(cadence.Steps[i].Milliseconds, 10, $"{iso} {heard}");
            }
        }
    }

    [Theory]
    [InlineData("itu")]
    [InlineData("reorder")]
    [InlineData("vacant")]
    [InlineData("no-circuit")]
    [InlineData("intercept")]
    public void Special_information_is_told_apart(string name)
    {
        var tone = Plan.SpecialInformation.Single(special => special.Name == name);
        var segments = Listener.Analyse(Coded(Render(tone.Cadence, 1.1)), 8000);
        segments[0].Kind.ShouldBe(HeardKind.SpecialInformation, string.Join("; ", segments));
        segments[0].Name.ShouldBe(name);
    }

    [Fact]
    public void Special_information_and_an_announcement_and_busy_are_three_segments()
    {
        short[] samples =
        [
            .. Render(Plan.SpecialInformation[0].Cadence, 1.05),
            .. Speech(3, 1),
            .. new short[8000],
            .. Render("FR", tones => tones.Busy, 6),
        ];
        var kinds = Listener.Analyse(Coded(samples), 8000).Where(segment => segment.Kind != HeardKind.Silence).ToList();
        kinds
            .Select(segment => segment.Kind)
            .ShouldBe([HeardKind.SpecialInformation, HeardKind.Speech, HeardKind.Busy], string.Join("; ", kinds));
    }

    [Fact]
    public void Speech_is_no_tone()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var segments = Listener.Analyse(Coded(Speech(10, seed)), 8000);
            segments
                .Count(segment => segment.Kind is not (HeardKind.Speech or HeardKind.Silence))
                .ShouldBe(0, string.Join("; ", segments));
            segments.ShouldContain(segment => segment.Kind == HeardKind.Speech);
        }
    }

    [Fact]
    public void Silence_is_silence_in_both_laws()
    {
        var silence = new short[16000];
        Array.Fill(silence, ALaw.Decode(ALaw.Silence));
        Listener.Analyse(silence, 8000).ShouldHaveSingleItem().Kind.ShouldBe(HeardKind.Silence);
        Listener.Analyse(new short[16000], 8000).ShouldHaveSingleItem().End.ShouldBe(TimeSpan.FromSeconds(2));
        Listener.Analyse([], 8000).ShouldBeEmpty();
    }

    [Fact]
    public void A_dial_tone_is_a_tone_without_a_cadence()
    {
        var heard = Sole(Render(ToneCadence.Continuous(425, -10), 3));
        heard.Kind.ShouldBe(HeardKind.Tone);
        heard.Cadence.ShouldBeEmpty();
        heard.Frequencies.ShouldHaveSingleItem().ShouldBe(425, 1);
    }

    [Fact]
    public void The_same_is_heard_piece_by_piece_and_at_16_kHz()
    {
        var samples = Render("US", tones => tones.Ringback, 20);
        var listener = new Listener(8000);
        foreach (var frame in samples.Chunk(133))
        {
            listener.Hear(frame);
        }
        listener.Heard.ShouldBe(TimeSpan.FromSeconds(20));
        listener
            .Segments()
            .Select(s => s.ToString())
            .ShouldBe(Listener.Analyse(samples, 8000).Select(s => s.ToString()));
        var wide = new short[320_000];
        new ToneGenerator(Plan.ByCountry("US")!.Ringback.Cadence, 16000).Read(wide);
        var heard = Listener.Analyse(wide, 16000).Single(segment => segment.Kind != HeardKind.Silence);
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Level.ShouldBe(-16, 0.3);
    }

    [Fact]
    public void Ringback_is_told_before_its_first_silence_is_over()
    {
        var heard = Sole(Render("US", tones => tones.Ringback, 4.5));
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Countries.ShouldContain("US");
    }

    internal static short[] Render(string iso, Func<CountryTones, CountryTone> tone, double seconds) =>
        Render(tone(Plan.ByCountry(iso)!).Cadence, seconds);

    internal static short[] Render(ToneCadence cadence, double seconds)
    {
        var samples = new short[(int)(seconds * 8000)];
        new ToneGenerator(cadence, 8000).Read(samples);
        return samples;
    }

    /// <summary>Something like speech: voiced harmonics under wandering pitch and formants, noise, pauses.</summary>
    internal static short[] Speech(double seconds, int seed)
    {
        var random = new Random(seed);
        var samples = new short[(int)(seconds * 8000)];
        var at = 0;
        while (at < samples.Length)
        {
            var length = Math.Min(samples.Length - at, random.Next(800, 2400));
            var voiced = random.Next(4) != 0;
            var (pitch, glide) = (90 + 150 * random.NextDouble(), 0.7 + 0.6 * random.NextDouble());
            var (first, second) = (300 + 500 * random.NextDouble(), 900 + 1400 * random.NextDouble());
            var phase = 0.0;
            for (var i = 0; i < length; i++)
            {
                var part = (double)i / length;
                var hertz = pitch * (1 + (glide - 1) * part);
                phase += 2 * Math.PI * hertz / 8000;
                var value = 0.0;
                for (var harmonic = 1; voiced && harmonic * hertz < 3400; harmonic++)
                {
                    var frequency = harmonic * hertz;
                    var weight =
                        1 / (1 + Math.Pow((frequency - first) / 120, 2))
                        + 0.5 / (1 + Math.Pow((frequency - second) / 200, 2))
                        + 0.05;
                    value += weight * Math.Sin(harmonic * phase);
                }
                value = voiced ? value : 0.3 * (random.NextDouble() - 0.5);
                samples[at + i] = (short)(3000 * value * Math.Sin(Math.PI * part));
            }
            at += length + random.Next(0, 1600);
        }
        return samples;
    }

    private static bool IsPlain(ToneCadence cadence) =>
        cadence.Steps.All(step => step.Level is null) && cadence.Steps.Count <= 8;

    private static short[] Coded(short[] samples)
    {
        var codes = new byte[samples.Length];
        var decoded = new short[samples.Length];
        ALaw.Encode(samples, codes);
        ALaw.Decode(codes, decoded);
        return decoded;
    }

    private static short[] Lossy(short[] samples, int seed)
    {
        var random = new Random(seed);
        for (var packet = 0; packet < samples.Length / 160; packet++)
        {
            if (random.Next(100) == 0)
            {
                samples.AsSpan(packet * 160, 160).Clear();
            }
        }
        return samples;
    }

    private static HeardSegment Sole(short[] samples)
    {
        var sounding = Listener.Analyse(samples, 8000).Where(segment => segment.Kind != HeardKind.Silence).ToList();
        sounding.Count.ShouldBe(1, string.Join("; ", sounding));
        return sounding[0];
    }
}
