using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Hearing;

/// <summary>Ringback that is cut off is not named for a country that has another.</summary>
public sealed class ShortRingbackTests
{
    private const int SampleRate = 8_000;

    /// <summary>Every ringback that some country has, by that country's code.</summary>
    public static TheoryData<string> Ringbacks() =>
        [
            .. TonePlan
                .Default.Countries.DistinctBy(tones => tones.Ringback.Cadence.ToString())
                .Select(tones => tones.Country),
        ];

    [Theory]
    [MemberData(nameof(Ringbacks))]
    public void Cut_off_after_some_periods_it_is_still_of_its_country_or_of_none(string iso)
    {
        var tone = TonePlan.Default.ByCountry(iso)!.Ringback.Cadence;
        foreach (var periods in new[] { 1, 1.08, 2.5 })
        {
            foreach (var gap in new[] { 0, 3 })
            {
                Check(iso, [.. ListenerTests.Render(tone, periods * tone.Period.TotalSeconds), .. Then(gap)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ringbacks))]
    public void Its_first_burst_alone_may_be_too_long_or_too_short(string iso)
    {
        var tone = TonePlan.Default.ByCountry(iso)!.Ringback.Cadence;
        foreach (var share in new[] { 0.5, 0.95, 1.08 })
        {
            var burst = tone with { Steps = [tone.Steps[0] with { Milliseconds = 60_000 }] };
            foreach (var gap in new[] { 0.05, 1.5 })
            {
                var seconds = share * tone.Steps[0].Milliseconds / 1_000;
                Check(iso, [.. ListenerTests.Render(burst, seconds), .. Then(gap)]);
            }
        }
    }

    [Theory]
    [InlineData(1.08, 1)]
    [InlineData(1.08, 0.2)]
    [InlineData(1.0, 2)]
    public void A_burst_of_425_Hz_alone_may_be_of_many_countries(double seconds, double silence)
    {
        var tone = ToneCadence.Continuous(425, -10);
        var heard = Sounding([.. ListenerTests.Render(tone, seconds), .. new short[(int)(silence * SampleRate)]])
            .Single();
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.IsWhole.ShouldBeFalse();
        heard.Countries.ShouldContain("DE");
        heard.Countries.ShouldContain("NP");
        heard.Countries.ShouldNotContain("FR");
    }

    [Fact]
    public void One_period_and_the_beginning_of_the_next_tell_the_country()
    {
        var heard = Sounding(ListenerTests.Render("NP", tones => tones.Ringback, 4.5)).Single();
        heard.IsWhole.ShouldBeTrue();
        heard.Countries.ShouldBe(["NP"]);
        heard = Sounding(ListenerTests.Render("DE", tones => tones.Ringback, 5.4)).Single();
        heard.Countries.ShouldContain("DE");
        heard.Countries.ShouldNotContain("PT");
    }

    [Fact]
    public void Frequencies_that_one_country_alone_has_name_it_in_its_first_burst() =>
        Sounding(ListenerTests.Render("RO", tones => tones.Ringback, 3.5)).Single().Countries.ShouldBe(["RO"]);

    [Theory]
    [InlineData("FR")]
    [InlineData("GB")]
    [InlineData("US")]
    public void Ringing_that_stops_for_good_was_ringing(string iso)
    {
        var tone = TonePlan.Default.ByCountry(iso)!.Ringback.Cadence;
        var rings = ListenerTests.Render(tone, 2 * tone.Period.TotalSeconds);
        var heard = Sounding([.. rings, .. new short[12 * SampleRate]]).Single();
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Countries.ShouldContain(iso);
    }

    [Theory]
    [InlineData("FR")]
    [InlineData("DE")]
    [InlineData("US")]
    public void Ringing_that_somebody_answers_in_its_second_burst_was_ringing(string iso)
    {
        var tone = TonePlan.Default.ByCountry(iso)!.Ringback.Cadence;
        var rings = ListenerTests.Render(tone, tone.Period.TotalSeconds + 0.5);
        var heard = Sounding([.. rings, .. ListenerTests.Speech(3, 2)]).First();
        heard.Kind.ShouldBe(HeardKind.Ringback, heard.ToString());
        heard.Countries.ShouldContain(iso);
        heard.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void A_burst_of_busy_is_a_tone_until_it_comes_again()
    {
        Sounding(ListenerTests.Render("FR", tones => tones.Busy, 0.9)).Single().Kind.ShouldBe(HeardKind.Tone);
        Sounding(ListenerTests.Render("FR", tones => tones.Busy, 1.2)).Single().Kind.ShouldBe(HeardKind.Busy);
    }

    private static void Check(string iso, short[] samples)
    {
        foreach (var heard in Sounding(samples))
        {
            heard.Kind.ShouldBeOneOf(HeardKind.Ringback, HeardKind.Tone, HeardKind.Speech);
            (heard.Countries.Count == 0 || heard.Countries.Contains(iso)).ShouldBeTrue($"{iso}: {heard}");
        }
    }

    private static IEnumerable<HeardSegment> Sounding(short[] samples) =>
        Listener.Analyse(samples, SampleRate).Where(segment => segment.Kind != HeardKind.Silence);

    // A switch is silent for a moment, and then somebody speaks; or nothing more is heard.
    private static short[] Then(double gap) =>
        [.. new short[(int)(gap * SampleRate)], .. gap > 1 ? [] : ListenerTests.Speech(1, 3)];
}
