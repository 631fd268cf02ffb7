using System.Text.RegularExpressions;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// What stands for a key of SRTP in a trace that was anonymised: as long as the key was, so that dissectors read the line, and known here as no key.
/// </summary>
internal static partial class BlankKey
{
    private const string Word = "removed";

    /// <summary>The line of <c>a=crypto</c> with each key replaced; lifetime and MKI stay (RFC 4568 §9.2).</summary>
    public static string In(string line) =>
        Inline().Replace(line, match => "inline:" + Of(match.Length - "inline:".Length));

    /// <summary>Whether a key parameter holds no key.</summary>
    public static bool Is(string parameters) =>
        parameters.StartsWith("inline:" + Word + Word, StringComparison.Ordinal);

    private static string Of(int length) =>
        string.Concat(Enumerable.Repeat(Word, (length / Word.Length) + 1))[..length];

    [GeneratedRegex("inline:[A-Za-z0-9+/=]*", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Inline();
}
