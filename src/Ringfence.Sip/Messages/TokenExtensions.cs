using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>The token of RFC 3261 §25.1.</summary>
public static class TokenExtensions
{
    private static readonly SearchValues<byte> Token = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8
    );

    /// <summary>True for a non-empty run of token characters.</summary>
    public static bool ContainsOnlyToken(this ReadOnlySpan<byte> value) =>
        !value.IsEmpty && value.IndexOfAnyExcept(Token) < 0;

    /// <summary>Number of token characters at the start.</summary>
    public static int TokenLength(this ReadOnlySpan<byte> value)
    {
        int length = value.IndexOfAnyExcept(Token);
        return length < 0 ? value.Length : length;
    }
}
