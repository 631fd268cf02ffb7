using System.Globalization;

namespace Ringfence.Media.Prompts;

/// <summary>Chooses by an Accept-Language value (RFC 9110 section 12.5.4), by primary language only.</summary>
internal static class LanguageRanges
{
    /// <summary>The language with the highest weight, the first among equals; null when none is wanted.</summary>
    public static string? Best(ReadOnlySpan<char> acceptLanguage, IReadOnlyList<string> languages)
    {
        string? best = null;
        var weight = 0.0;
        foreach (var range in acceptLanguage.Split(','))
        {
            var item = acceptLanguage[range].Trim();
            var end = item.IndexOf(';');
            var quality = end < 0 ? 1 : Quality(item[(end + 1)..].Trim());
            if (quality > weight && Find(end < 0 ? item : item[..end].Trim(), languages) is { } language)
            {
                (best, weight) = (language, quality);
            }
        }
        return best;
    }

    private static string? Find(ReadOnlySpan<char> tag, IReadOnlyList<string> languages)
    {
        var dash = tag.IndexOf('-');
        var primary = dash < 0 ? tag : tag[..dash];
        foreach (var language in languages)
        {
            if (primary.Equals(language, StringComparison.OrdinalIgnoreCase))
            {
                return language;
            }
        }
        return null;
    }

    private static double Quality(ReadOnlySpan<char> parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(
            parameter[2..],
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var quality
        )
            ? Math.Min(1, quality)
            : 0;
}
