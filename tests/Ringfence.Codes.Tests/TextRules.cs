using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ringfence.Codes.Tests;

/// <summary>What texts of a language are measured by.</summary>
internal static partial class TextRules
{
    /// <summary>Frequent English words that are no words of French, Spanish or German.</summary>
    private static readonly HashSet<string> EnglishWords =
    [
        "the",
        "of",
        "and",
        "is",
        "that",
        "with",
        "are",
        "this",
        "which",
        "from",
        "by",
        "when",
        "been",
        "its",
        "their",
        "it",
        "not",
        "if",
    ];

    private static readonly ConcurrentDictionary<string, Regex> Terms = new();

    public static IEnumerable<string> Prose(CodeText text) =>
        [
            text.Says,
            text.SendWhen,
            text.Summary,
            text.Description,
            .. text.Seen,
            .. text.Causes,
            .. text.Resolve.Caller,
            .. text.Resolve.Operator,
            .. text.Resolve.Called,
            .. text.Notes,
        ];

    public static IEnumerable<string> Prose(PairText text) => [text.Verdict, .. text.Text, text.Choose];

    /// <summary>Share of English words among all words; quoted phrases and what stands on the wire do not count.</summary>
    public static double EnglishShare(string text)
    {
        var words = Word()
            .Matches(Quoted().Replace(text, " "))
            .Select(match => match.Value.ToLowerInvariant())
            .ToList();
        return words.Count == 0 ? 0 : (double)words.Count(EnglishWords.Contains) / words.Count;
    }

    /// <summary>An item that reads like an English sentence.</summary>
    public static bool LooksEnglish(string text) => Word().Count(text) >= 5 && EnglishShare(text) > 0.12;

    public static IReadOnlyList<(string Term, string[]? Use, string[] Avoid)> Glossary(string language) =>
        [
            .. Data.Json($"codes/glossary/{language}.json")
                .EnumerateArray()
                .Select(e =>
                    (
                        e.GetProperty("term").GetString()!,
                        e.GetProperty("use").ValueKind == JsonValueKind.Null ? null : Strings(e.GetProperty("use")),
                        Strings(e.GetProperty("avoid"))
                    )
                ),
        ];

    /// <summary>Whether the English text has the term as a word of its own, singular or plural.</summary>
    public static bool Holds(string text, string term) =>
        Terms
            .GetOrAdd(
                term,
                t => new($@"(?<![\p{{L}}-]){Regex.Escape(t)}(s|es)?(?![\p{{L}}-])", RegexOptions.IgnoreCase)
            )
            .IsMatch(text);

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|[A-Z0-9]{3} [A-Z][A-Za-z /-]+")]
    private static partial Regex Quoted();
}
