using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// A line without what it got on its way: colour codes (ECMA-48 §5.4), <c>^M</c> for a carriage return, no-break spaces of a page, and the
/// escapes of HTML in addresses and in the rules around messages.
/// </summary>
internal static class LogPlain
{
    private const byte Escape = 0x1B;

    /// <summary>The line itself, or the buffer with what is left of it.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, GrowingBuffer clean)
    {
        if (line.EndsWith("^M"u8))
        {
            line = line[..^2];
        }

        var escaped = line.IndexOf((byte)'&') >= 0 && IsHtml(line);
        if (!escaped && line.IndexOfAny(Escape, (byte)0xC2) < 0)
        {
            return line;
        }

        clean.Drop(clean.Length);
        while (!line.IsEmpty)
        {
            var used = Shown(line, escaped, out var shown);
            clean.Append(shown);
            line = line[used..];
        }

        return clean.Span.TrimEnd((byte)'\r');
    }

    // What the bytes at the beginning of the line show, and how many of them there are.
    private static int Shown(ReadOnlySpan<byte> line, bool escaped, out ReadOnlySpan<byte> shown)
    {
        if (line[0] == Escape)
        {
            shown = default;
            return LengthOfCode(line);
        }

        if (line.StartsWith("\u00A0"u8))
        {
            shown = " "u8;
            return 2;
        }

        if (escaped && line[0] == (byte)'&' && Entity(line, out shown) is > 0 and var length)
        {
            return length;
        }

        var plain = line[1..].IndexOfAny(Escape, (byte)0xC2, (byte)'&') + 1;
        plain = plain == 0 ? line.Length : plain;
        shown = line[..plain];
        return plain;
    }

    // XML in a body may hold the same escapes: only lines with addresses or rules are meant.
    private static bool IsHtml(ReadOnlySpan<byte> line) =>
        line.IndexOf("&lt;sip"u8) >= 0 || line.IndexOf("&lt;tel:"u8) >= 0 || line.IndexOf("&lt;---"u8) >= 0;

    private static int Entity(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> shown)
    {
        shown =
            line.StartsWith("&lt;"u8) ? "<"u8
            : line.StartsWith("&gt;"u8) ? ">"u8
            : line.StartsWith("&amp;"u8) ? "&"u8
            : line.StartsWith("&quot;"u8) ? "\""u8
            : line.StartsWith("&#39;"u8) || line.StartsWith("&#x27;"u8) ? "'"u8
            : default;
        return shown.IsEmpty ? 0 : line.IndexOf((byte)';') + 1;
    }

    // ESC [ parameters and intermediates, then one final byte.
    private static int LengthOfCode(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[1] != (byte)'[')
        {
            return 1;
        }

        var final = text[2..].IndexOfAnyExceptInRange((byte)0x20, (byte)0x3F);
        return final < 0 ? text.Length : final + 3;
    }
}
