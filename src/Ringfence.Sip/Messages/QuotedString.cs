namespace Ringfence.Sip.Messages;

/// <summary>quoted-string = DQUOTE *(qdtext / quoted-pair) DQUOTE (RFC 3261 §25.1).</summary>
public static class QuotedString
{
    /// <summary>
    /// Length of the quoted string at the start of <paramref name="text"/>, both quotes included; −1 when none begins there
    /// or when it is not closed.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            return -1;
        }

        for (int i = 1; i < text.Length; )
        {
            int next = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            i += next;
            if (text[i] == '"')
            {
                return i + 1;
            }

            i += 2;
        }

        return -1;
    }

    /// <summary>Resolves the quoted pairs of the text between the quotes.</summary>
    /// <param name="inner">The text without its quotes.</param>
    /// <param name="destination">At least as long as <paramref name="inner"/>.</param>
    /// <returns>Number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> inner, Span<byte> destination)
    {
        int written = 0;
        for (int i = 0; i < inner.Length; i++)
        {
            i += inner[i] == '\\' && i + 1 < inner.Length ? 1 : 0;
            destination[written++] = inner[i];
        }

        return written;
    }
}
