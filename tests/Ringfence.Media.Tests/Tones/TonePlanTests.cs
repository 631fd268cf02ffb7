using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Tones;

public sealed class TonePlanTests
{
    private static readonly TonePlan Plan = TonePlan.Default;

    [Fact]
    public void There_are_many_countries_and_each_has_all_tones_within_E180()
    {
        Plan.Countries.Count.ShouldBeGreaterThanOrEqualTo(60);
        foreach (var country in Plan.Countries)
        {
            country.CallingCodes.ShouldNotBeEmpty();
            foreach (var tone in Tones(country))
            {
                tone.Sources.ShouldNotBeEmpty();
                tone.Cadence.Steps[^1].IsSilence.ShouldBeTrue($"{country.Country} {tone.Cadence}");
                tone.Cadence.Steps.ShouldAllBe(step =>
                    step.IsSilence || (step.Frequency >= 300 && step.Frequency <= 1900)
                );
                tone.Cadence.Level.ShouldBeInRange(-25, -5);
            }
            var ring = country.Ringback.Cadence;
            ring.Steps[0].Frequency.ShouldBeInRange(367, 450, country.Country);
            ring.Period.TotalSeconds.ShouldBeInRange(2.5, 10.5, country.Country);
            country.Busy.Cadence.Period.TotalSeconds.ShouldBeInRange(0.3, 2.0, country.Country);
        }
    }

    [Theory]
    [InlineData("FR", "440/1500,0/3500", -10)]
    [InlineData("us", "440+480/2000,0/4000", -19)]
    [InlineData("GB", "400+450/400,0/200,400+450/400,0/2000", -13)]
    [InlineData("JP", "400*16/1000,0/2000", -10)]
    [InlineData("TH", "400/1000,0/4000", -10)]
    public void A_country_is_found_by_its_code(string iso, string ringback, double level)
    {
        var tone = Plan.ByCountry(iso)!.Ringback.Cadence;
        tone.ToString().ShouldBe(ringback);
        tone.Level.ShouldBe(level);
    }

    [Theory]
    [InlineData("+33123456789", "FR")]
    [InlineData("0033", null)]
    [InlineData("+1 (242) 555-0100", "BS")]
    [InlineData("+1-202-555-0100", "US")]
    [InlineData("14165550100", "CA")]
    [InlineData("+44", "GB")]
    [InlineData("+390612345", "IT")]
    [InlineData("+999", null)]
    [InlineData("", null)]
    [InlineData("alice", null)]
    public void A_country_is_found_by_the_longest_calling_code(string number, string? iso) =>
        Plan.ByNumber(number)?.Country.ShouldBe(iso);

    [Fact]
    public void A_number_of_nowhere_has_no_country() => Plan.ByNumber("+999").ShouldBeNull();

    [Theory]
    [InlineData("fr", "FR")]
    [InlineData("fr-CA, fr;q=0.8", "CA")]
    [InlineData("de;q=0.5, pt-BR;q=0.9, en;q=0.7", "BR")]
    [InlineData("zh-Hant-TW", "TW")]
    [InlineData("xx, *;q=0.1, sv;q=0.2", "SE")]
    [InlineData("EN-gb", "GB")]
    [InlineData("de;q=0", null)]
    [InlineData("de;q=no", null)]
    [InlineData(",,;", null)]
    [InlineData("", null)]
    public void A_country_is_found_by_language(string header, string? iso) =>
        (Plan.ByLanguage(header)?.Country).ShouldBe(iso);

    [Theory]
    [InlineData(1, "vacant")]
    [InlineData(22, "intercept")]
    [InlineData(34, "no-circuit")]
    [InlineData(38, "reorder")]
    [InlineData(21, "itu")]
    public void A_cause_has_its_special_information_tone(int cause, string name) =>
        Plan.ByCause(cause).Name.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("440")]
    [InlineData("440/")]
    [InlineData("440/0")]
    [InlineData("440/-5")]
    [InlineData("x/500")]
    [InlineData("440+/500")]
    [InlineData("440@/500")]
    [InlineData("5000/500")]
    [InlineData("440/500,")]
    [InlineData("440/99999999")]
    public void What_is_no_tone_is_null(string text) => ToneCadence.Parse(text, -10).ShouldBeNull();

    [Theory]
    [InlineData("440/1500,0/3500")]
    [InlineData("400*16/1000,0/2000")]
    [InlineData("425/375,0/375,425@-20/375,0/375")]
    [InlineData("383.33+416.67/400,0/200")]
    public void A_tone_is_written_as_it_is_read(string text) => ToneCadence.Parse(text, -10)!.ToString().ShouldBe(text);

    private static IEnumerable<CountryTone> Tones(CountryTones country) =>
        [country.Ringback, country.Busy, country.Congestion, country.Waiting, country.Information];
}
