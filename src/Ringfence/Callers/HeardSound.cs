using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;

namespace Ringfence.Callers;

/// <summary>What a caller heard, as a person would say it.</summary>
/// <param name="Segments">The timeline.</param>
internal sealed record HeardSound(IReadOnlyList<HeardSegment> Segments)
{
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(300);

    internal static HeardSound Of(short[] samples) => new(samples.Length == 0 ? [] : Listener.Analyse(samples, 8_000));

    /// <summary>"ringback of France, then silence"; "nothing" when no packet came.</summary>
    internal string Text
    {
        get
        {
            string[] parts = [.. Segments.Where(segment => segment.End - segment.Start >= Noticed).Select(Name)];
            return parts.Length == 0 ? "nothing" : string.Join(", then ", parts.Where((part, i) => i == 0 || part != parts[i - 1]));
        }
    }

    /// <summary>True when ringback of that country was heard; always for "".</summary>
    internal bool Is(string country) =>
        country.Length == 0
        || Segments.Any(segment => segment.Kind == HeardKind.Ringback && segment.Countries.Contains(country, StringComparer.OrdinalIgnoreCase));

    private static string Name(HeardSegment segment) =>
        segment.Kind switch
        {
            HeardKind.Silence => "silence",
            HeardKind.Speech => "speech or music",
            HeardKind.Ringback => "ringback" + Of(segment),
            HeardKind.Busy => "busy tone" + Of(segment),
            HeardKind.Congestion => "congestion tone" + Of(segment),
            HeardKind.SpecialInformation => $"special information tone ({segment.Name})",
            _ => $"a tone of {string.Join(" and ", segment.Frequencies.Select(hertz => $"{hertz:F0}"))} Hz",
        };

    private static string Of(HeardSegment segment)
    {
        string[] names = [.. segment.Countries.Select(iso => TonePlan.Default.ByCountry(iso)?.Name ?? iso)];
        return names.Length switch
        {
            0 => "",
            1 => $" of {names[0]}",
            <= 3 => $" of {string.Join(" or ", names)}",
            _ => $" of {names[0]}, {names[1]} or {names.Length - 2} other countries with the same tone",
        };
    }
}
