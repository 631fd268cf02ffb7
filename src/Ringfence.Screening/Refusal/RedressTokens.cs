using System.Buffers.Text;

namespace Ringfence.Screening.Refusal;

/// <summary>Makes the tokens of refused calls: 128 random bits each, of which nothing can be guessed.</summary>
/// <param name="fill">Fills a span with cryptographically random bytes.</param>
public sealed class RedressTokens(RandomFill fill)
{
    private const int Bytes = 16;

    /// <summary>Characters of a token.</summary>
    public const int Length = 22;

    /// <summary>A new token, fit for a URL.</summary>
    public string Create()
    {
        Span<byte> random = stackalloc byte[Bytes];
        fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>True for a text that could be a token; whether it is one must not show in the answer.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => text.Length == Length && Base64Url.IsValid(text);
}
