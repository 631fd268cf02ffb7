namespace Ringfence.Sip.Messages;

/// <summary>Retry-After = delta-seconds [ comment ] *( SEMI retry-param ) (RFC 3261 §20.33).</summary>
public static class RetryAfter
{
    /// <summary>Reads a value; false when it breaks the grammar or is 2³² seconds or more.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="seconds">When to come back.</param>
    /// <param name="duration">How long the callee will then be reachable; 0 when it is not said.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint seconds, out uint duration)
    {
        duration = 0;
        int digits = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? value.Length : digits;
        return DeltaSeconds.TryParse(value[..digits], out seconds)
            && TrySkipComment(Lws.TrimStart(value[digits..]), out ReadOnlySpan<byte> rest)
            && Parameters.AreSound(rest)
            && (
                !Parameters.TryGet(rest, "duration"u8, out ReadOnlySpan<byte> said)
                || DeltaSeconds.TryParse(said, out duration)
            );
    }

    /// <summary>comment = LPAREN *(ctext / quoted-pair / comment) RPAREN (§25.1).</summary>
    private static bool TrySkipComment(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        int depth = 0;
        int at = 0;
        for (; at < text.Length && (depth > 0 || text[at] == '('); at++)
        {
            depth +=
                text[at] == '(' ? 1
                : text[at] == ')' ? -1
                : 0;
            at += text[at] == '\\' ? 1 : 0;
        }

        rest = Lws.TrimStart(text[Math.Min(at, text.Length)..]);
        return depth == 0;
    }
}
