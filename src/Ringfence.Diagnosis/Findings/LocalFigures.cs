using System.Globalization;

namespace Ringfence.Diagnosis.Findings;

/// <summary>Figures and days as a language writes them: French, Spanish and German have a decimal comma.</summary>
internal static class LocalFigures
{
    private const string Nothing = "–";
    private const char NoBreakSpace = '\u00a0';
    private static readonly string[] Units = ["s", "ms", "%", "dBm0"];

    /// <summary>A value as it is written in a sentence: a figure, with its unit where it has one, or a day; anything else stays as it is.</summary>
    public static string Of(string value, string language)
    {
        if (value.Length == 0)
        {
            return Nothing;
        }

        return IsFigure(value) ? Figure(value, language)
            : DateOnly.TryParseExact(
                value,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? Day(day, value, language)
            : value;
    }

    /// <summary>A number in a format of the invariant culture.</summary>
    public static string Of(double value, string format, string language) =>
        Of(value.ToString(format, CultureInfo.InvariantCulture), language);

    private static string Figure(string value, string language)
    {
        var figure = value.Replace('-', '−');
        return language == "en" ? figure : figure.Replace('.', ',').Replace(' ', NoBreakSpace);
    }

    private static string Day(DateOnly day, string value, string language) =>
        language switch
        {
            "de" => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
            "fr" or "es" => day.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture),
            _ => value,
        };

    private static bool IsFigure(string value)
    {
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        var number = space < 0 ? value.AsSpan() : value.AsSpan(0, space);
        if (space >= 0 && !Units.Contains(value[(space + 1)..], StringComparer.Ordinal))
        {
            return false;
        }

        number = number is ['-', ..] ? number[1..] : number;
        var point = number.IndexOf('.');
        return point < 0 ? IsDigits(number) : IsDigits(number[..point]) && IsDigits(number[(point + 1)..]);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
