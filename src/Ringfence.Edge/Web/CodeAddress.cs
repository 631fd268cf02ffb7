using System.Globalization;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What an address of the reference names.</summary>
internal static class CodeAddress
{
    private const string Versus = "-vs-";

    /// <summary>A code of the catalogue, or null.</summary>
    internal static int? Code(string text) =>
        text.Length == 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && CodeCatalogue.TryGet(code, out _)
            ? code
            : null;

    /// <summary>Two different codes of the catalogue, or null.</summary>
    /// <param name="text">183-vs-607.</param>
    /// <param name="isOrdered">True when the lower one stands first.</param>
    internal static CodePair? Pair(string text, out bool isOrdered)
    {
        int at = text.IndexOf(Versus, StringComparison.Ordinal);
        int? one = at < 0 ? null : Code(text[..at]);
        int? other = at < 0 ? null : Code(text[(at + Versus.Length)..]);
        isOrdered = one < other;
        return one is null || other is null || one == other ? null : new CodePair(one.Value, other.Value);
    }
}
