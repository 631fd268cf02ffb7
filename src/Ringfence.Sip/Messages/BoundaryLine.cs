namespace Ringfence.Sip.Messages;

/// <summary>dash-boundary and close-delimiter of RFC 2046 §5.1.1: "--boundary" or "--boundary--" at the start of a line.</summary>
internal static class BoundaryLine
{
    /// <summary>Finds the next boundary line.</summary>
    /// <param name="text">Begins at the start of a line.</param>
    /// <param name="boundary">The boundary.</param>
    /// <param name="before">What stands before the line, without the CRLF that belongs to it.</param>
    /// <param name="after">What follows the line.</param>
    /// <param name="closes">True for the close-delimiter.</param>
    internal static bool TryFind(
        ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> boundary,
        out ReadOnlySpan<byte> before,
        out ReadOnlySpan<byte> after,
        out bool closes
    )
    {
        for (int from = 0; ; )
        {
            int dashes = text[from..].IndexOf("--"u8);
            int at = from + dashes;
            if (dashes < 0)
            {
                before = default;
                after = default;
                closes = false;
                return false;
            }

            bool startsLine = at == 0 || (at >= 2 && text[at - 2] == '\r' && text[at - 1] == '\n');
            ReadOnlySpan<byte> rest = text[(at + 2)..];
            if (startsLine && rest.StartsWith(boundary) && TryEndLine(rest[boundary.Length..], out after, out closes))
            {
                before = text[..Math.Max(0, at - 2)];
                return true;
            }

            from = at + 2;
        }
    }

    /// <summary>[ "--" ] transport-padding, then CRLF or, behind the close-delimiter, the end.</summary>
    private static bool TryEndLine(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> after, out bool closes)
    {
        closes = rest.StartsWith("--"u8);
        after = rest[(closes ? 2 : 0)..].TrimStart(" \t"u8);
        bool isEnd = after.StartsWith("\r\n"u8);
        bool isSound = isEnd || (closes && after.IsEmpty);
        after = isEnd ? after[2..] : default;
        return isSound;
    }
}
