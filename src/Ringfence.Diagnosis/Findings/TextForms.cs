using System.Globalization;
using System.Text;

namespace Ringfence.Diagnosis.Findings;

/// <summary>
/// A text with values in it. <c>{count}</c> is the value of that name; <c>{count|challenge|challenges}</c> is the first word where it is one and the second where it is not.
/// </summary>
internal static class TextForms
{
    /// <summary>Fills a text; a name without a value stays as it is.</summary>
    public static string Fill(string text, Func<string, string?> value, string language)
    {
        var filled = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && rest[open..].IndexOf('}') is >= 0 and var length)
        {
            filled.Append(rest[..open]);
            var between = rest.Slice(open + 1, length - 1);
            filled.Append(Form(between.ToString().Split('|'), value, language) ?? $"{{{between}}}");
            rest = rest[(open + length + 1)..];
        }

        return filled.Append(rest).ToString();
    }

    /// <summary>Whether a number takes the singular: in French what is less than two, elsewhere one alone (CLDR plural rules).</summary>
    public static bool IsOne(double number, string language) =>
        language == "fr" ? Math.Abs(number) < 2 : Math.Abs(number) == 1;

    private static string? Form(string[] parts, Func<string, string?> value, string language)
    {
        var known = value(parts[0]);
        return known is null || parts.Length == 1 ? known
            : double.TryParse(known, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && IsOne(number, language)
                ? parts[1]
            : parts[^1];
    }
}
