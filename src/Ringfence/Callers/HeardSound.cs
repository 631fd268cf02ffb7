using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;

namespace Ringfence.Callers;

/// <summary>What a caller heard, as a person would say it.</summary>
/// <param name="Segments">The timeline.</param>
/// <param name="Near">ISO codes of the countries of the two numbers: the likeliest of several that share a tone.</param>
internal sealed record HeardSound(IReadOnlyList<HeardSegment> Segments, IReadOnlyList<string> Near)
{
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(300);

    /// <param name="samples">What was heard, at 8 kHz.</param>
    /// <param name="numbers">The called and the calling number, or URIs with them.</param>
    internal static HeardSound Of(short[] samples, params string[] numbers) =>
        new(
            samples.Length == 0 ? [] : Listener.Analyse(samples, 8_000),
            [.. numbers.Select(CountryOf).OfType<string>()]
        );

    /// <summary>"ringback of France, then silence"; "nothing" when no packet came.</summary>
    internal string Text
    {
        get
        {
            string[] parts = [.. Segments.Where(segment => segment.End - segment.Start >= Noticed).Select(Name)];
            return parts.Length == 0
                ? "nothing"
                : string.Join(", then ", parts.Where((part, i) => i == 0 || part != parts[i - 1]));
        }
    }

    /// <summary>True when ringback of that country was heard; always for "".</summary>
    internal bool Is(string country) =>
        country.Length == 0
        || Segments.Any(segment =>
            segment.Kind == HeardKind.Ringback && segment.Countries.Contains(country, StringComparer.OrdinalIgnoreCase)
        );

    private string Name(HeardSegment segment) =>
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

    private string Of(HeardSegment segment)
    {
        if (segment.Countries.Count == 0)
        {
            return "";
        }

        string first = Near.FirstOrDefault(segment.Countries.Contains) ?? segment.Countries[0];
        string name = TonePlan.Default.ByCountry(first)?.Name ?? first;
        int others = segment.Countries.Count - 1;
        return others == 0 ? $" of {name}"
            : segment.IsWhole ? $" of {name} ({others} other countries have the same)"
            : $", too short to tell whether of {name} or of {others} other countries";
    }

    private static string? CountryOf(string uri)
    {
        int plus = uri.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? null : TonePlan.Default.ByNumber(uri[plus..].Split('@', ';', '>')[0])?.Country;
    }
}
