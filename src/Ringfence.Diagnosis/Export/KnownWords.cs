using System.Text;
using Ringfence.Codes;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Of free text (reason phrases, warnings) keeps the words that standards and servers use of calls, and none that could be somebody's name.
/// </summary>
internal static class KnownWords
{
    // What servers say why they refuse; findings read it (BK-28).
    private static readonly string[] Stems =
    [
        "relay",
        "credit",
        "balance",
        "password",
        "auth",
        "domain",
        "caller",
        "number",
        "stale",
        "identity",
        "attest",
        "barr",
        "block",
        "forbid",
        "denied",
        "deni",
        "reject",
        "timer",
        "timeout",
        "expir",
        "recover",
        "channel",
        "congest",
        "codec",
        "media",
        "call",
        "route",
        "network",
        "signal",
        "missing",
        "invalid",
        "unknown",
        "unavail",
        "overload",
        "limit",
        "account",
        "gateway",
        "server",
    ];

    private static readonly HashSet<string> Words = new(
        CodeCatalogue
            .All.SelectMany(code => code.Phrase.Split(' ', '/', '-'))
            .Concat([
                "id",
                "cli",
                "acl",
                "ip",
                "from",
                "to",
                "of",
                "the",
                "on",
                "in",
                "is",
                "no",
                "for",
                "and",
                "or",
                "user",
                "clearing",
                "normal",
                "analytics",
                "not",
                "allowed",
                "ack",
                "bye",
                "sip",
                "rtp",
                "phrase",
            ]),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The text with an x for every word that is not known.</summary>
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var end = at;
            while (end < text.Length && IsLetter(text[end]))
            {
                end++;
            }

            if (end == at)
            {
                result.Append(text[at++]);
                continue;
            }

            var word = text[at..end];
            result.Append(IsKnown(word) ? word : "x");
            at = end;
        }

        return result.ToString();
    }

    private static bool IsKnown(string word) =>
        Words.Contains(word) || Array.Exists(Stems, stem => word.StartsWith(stem, StringComparison.OrdinalIgnoreCase));

    // Whatever is not ASCII belongs to a word.
    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c >= 0x80;
}
