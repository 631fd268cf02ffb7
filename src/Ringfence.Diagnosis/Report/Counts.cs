using System.Globalization;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>How many there are of what, in words that agree with the number.</summary>
internal static class Counts
{
    /// <summary>Calls, findings, messages, streams.</summary>
    public static string Of(FindingTexts texts, int calls, int findings, long messages, int streams) =>
        string.Join(
            ", ",
            Of(texts, "call", calls),
            Of(texts, "finding", findings),
            Of(texts, "message", messages),
            Of(texts, "stream", streams)
        );

    // In French what is less than two is one (CLDR plural rules).
    private static string Of(FindingTexts texts, string noun, long count)
    {
        var isOne = count == 1 || (count == 0 && texts.Language == "fr");
        return texts.Word(
            $"count.{noun}.{(isOne ? "one" : "many")}",
            ("count", count.ToString(CultureInfo.InvariantCulture))
        );
    }
}
