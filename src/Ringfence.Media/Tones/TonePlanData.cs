using System.Text.Json;

namespace Ringfence.Media.Tones;

/// <summary>Reads the embedded <c>tones.json</c>.</summary>
internal static class TonePlanData
{
    public static TonePlan Load()
    {
        using var stream = typeof(TonePlanData).Assembly.GetManifestResourceStream("tones.json")!;
        var file = JsonSerializer.Deserialize(stream, TonePlanJson.Default.TonePlanFile)!;
        return new TonePlan(
            [.. file.Countries.Select(Country)],
            new Dictionary<string, string>(file.Languages, StringComparer.OrdinalIgnoreCase),
            [
                .. file.SpecialInformation.Select(tone => new SpecialInformationTone(
                    tone.Name,
                    tone.Title,
                    Cadence(tone.Tone, tone.Level),
                    tone.Causes,
                    tone.Source
                )),
            ]
        );
    }

    private static CountryTones Country(TonePlanFile.Country country) =>
        new()
        {
            Country = country.Iso,
            Name = country.Name,
            CallingCodes = country.E164,
            Ringback = Tone(country.Ringback),
            Busy = Tone(country.Busy),
            Congestion = Tone(country.Congestion),
            Waiting = Tone(country.Waiting),
            Information = Tone(country.Information),
        };

    private static CountryTone Tone(TonePlanFile.Entry entry) =>
        new(Cadence(entry.Tone, entry.Level), entry.Source, entry.Note);

    private static ToneCadence Cadence(string text, double level) =>
        ToneCadence.Parse(text, level) ?? throw new InvalidDataException($"tones.json: {text} is no tone");
}
