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

    /// <summary>So many of one kind.</summary>
    public static string Of(FindingTexts texts, string noun, long count) =>
        texts.Word("count." + noun, ("count", count.ToString(CultureInfo.InvariantCulture)));
}
