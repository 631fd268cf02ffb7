using System.Buffers.Text;
using System.Text;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Finds the Content-Length header field, long or compact (RFC 3261 §20.14), in the head of a message.</summary>
internal static class ContentLength
{
    private const int MaxBody = 1 << 24;

    public static bool TryFind(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        while (true)
        {
            var lineEnd = head.IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                return false;
            }

            head = head[(lineEnd + 1)..];
            if (!head.IsEmpty && (head[0] | 0x20) is 'c' or 'l' && TryLine(head, out length))
            {
                return true;
            }
        }
    }

    private static bool TryLine(ReadOnlySpan<byte> line, out int length)
    {
        length = 0;
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        var name = line[..colon].TrimEnd(" \t"u8);
        if (!Ascii.EqualsIgnoreCase(name, "content-length"u8) && !Ascii.EqualsIgnoreCase(name, "l"u8))
        {
            return false;
        }

        var value = line[(colon + 1)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(value, out length, out _) && length is >= 0 and <= MaxBody;
    }
}
