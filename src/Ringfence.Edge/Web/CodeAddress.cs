using System.Globalization;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What an address of the reference names, or what a reader typed in its place.</summary>
internal static class CodeAddress
{
    private const string Versus = "-vs-";
    private static readonly char[] Between = [' ', '/', ','];

    /// <summary>A code of the catalogue, or null.</summary>
    internal static int? Code(string text) =>
        text.Length == 3
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code)
        && CodeCatalogue.TryGet(code, out _)
            ? code
            : null;

    /// <summary>Two codes of the catalogue in the order of the address, perhaps the same; or null.</summary>
    /// <param name="text">As in <c>183-vs-607</c>.</param>
    internal static (int One, int Other)? Pair(string text)
    {
        int at = text.IndexOf(Versus, StringComparison.Ordinal);
        return at >= 0 && Code(text[..at]) is { } one && Code(text[(at + Versus.Length)..]) is { } other
            ? (one, other)
            : null;
    }

    /// <summary>The page that a search for nothing but numbers means: <c>607</c>, <c>183 607</c>, <c>183/607</c>, <c>183 vs 607</c>.</summary>
    /// <returns>An address below <c>codes/</c>, or null.</returns>
    internal static string? Meant(string query)
    {
        string[] words = query
            .Replace(Versus, " ", StringComparison.OrdinalIgnoreCase)
            .Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int?[] codes = [.. words.Where(word => !word.Equals("vs", StringComparison.OrdinalIgnoreCase)).Select(Code)];
        return codes switch
        {
            [{ } code] => CodePath.Text(code),
            [{ } one, { } other] => Of(one, other),
            _ => null,
        };
    }

    /// <summary>The one address of two codes; of a code with itself, its own.</summary>
    internal static string Of(int one, int other) =>
        one == other ? CodePath.Text(one) : new CodePair(one, other).ToString();
}
