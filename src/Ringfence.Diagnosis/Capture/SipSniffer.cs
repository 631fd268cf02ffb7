using System.Buffers;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Tells whether bytes begin a SIP message, on any port: the start line decides (RFC 3261 §7.1, §7.2).</summary>
internal static class SipSniffer
{
    /// <summary>Longer start lines are not taken for SIP.</summary>
    public const int MaxStartLine = 16_384;

    private const int MaxMethod = 8_192;

    private static readonly SearchValues<byte> Token = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8
    );

    /// <summary>What the bytes are.</summary>
    public static SipLikeness Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return SipLikeness.Perhaps;
        }

        if (!Token.Contains(bytes[0]))
        {
            return SipLikeness.No;
        }

        var version = "SIP/2.0 "u8;
        var common = bytes.CommonPrefixLength(version);
        if (common == version.Length)
        {
            return SipLikeness.Yes;
        }

        return common == bytes.Length ? SipLikeness.Perhaps : LookForRequest(bytes);
    }

    /// <summary>The count of CR and LF before the first other byte: keep-alives, and what some senders put before a message.</summary>
    public static int LeadingLineEnds(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return start < 0 ? bytes.Length : start;
    }

    private static SipLikeness LookForRequest(ReadOnlySpan<byte> bytes)
    {
        var methodEnd = bytes[..Math.Min(bytes.Length, MaxMethod)].IndexOfAnyExcept(Token);
        if (methodEnd < 0)
        {
            return bytes.Length < MaxMethod ? SipLikeness.Perhaps : SipLikeness.No;
        }

        if (bytes[methodEnd] != (byte)' ')
        {
            return SipLikeness.No;
        }

        var lineEnd = bytes[..Math.Min(bytes.Length, MaxStartLine)].IndexOfAny((byte)'\r', (byte)'\n');
        if (lineEnd < 0)
        {
            return bytes.Length < MaxStartLine ? SipLikeness.Perhaps : SipLikeness.No;
        }

        return bytes[..lineEnd].TrimEnd((byte)' ').EndsWith(" SIP/2.0"u8) ? SipLikeness.Yes : SipLikeness.No;
    }
}
