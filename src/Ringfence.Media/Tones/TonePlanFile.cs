namespace Ringfence.Media.Tones;

/// <summary>The shape of <c>tones.json</c>.</summary>
internal sealed record TonePlanFile(
    Dictionary<string, string> Languages,
    TonePlanFile.Special[] SpecialInformation,
    TonePlanFile.Country[] Countries
)
{
    internal sealed record Country(
        string Iso,
        string Name,
        string[] E164,
        Entry Ringback,
        Entry Busy,
        Entry Congestion,
        Entry Waiting,
        Entry Information
    );

    internal sealed record Entry(string Tone, double Level, string[] Source, string? Note);

    internal sealed record Special(string Name, string Title, string Tone, double Level, int[] Causes, string Source);
}
