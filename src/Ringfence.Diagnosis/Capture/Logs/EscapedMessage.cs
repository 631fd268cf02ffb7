using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>A whole message in one line, its line ends written as <c>#015#012</c> or <c>\r\n</c>, as syslog daemons and JSON do.</summary>
internal static class EscapedMessage
{
    /// <summary>Finds such a message in a line and writes it with real line ends.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> line, GrowingBuffer message)
    {
        var end = EarliestLineEnd(line);
        if (end < 0)
        {
            return false;
        }

        var start = StartLine(line[..end]);
        if (start < 0)
        {
            return false;
        }

        var rest = line[start..];
        while (!rest.IsEmpty)
        {
            var escape = rest.IndexOfAny((byte)'#', (byte)'\\');
            if (escape < 0)
            {
                message.Append(rest);
                break;
            }

            message.Append(rest[..escape]);
            rest = rest[escape..];
            var used = Escape(rest, out var value);
            message.Append([value]);
            rest = rest[used..];
        }

        return true;
    }

    private static int Escape(ReadOnlySpan<byte> text, out byte value)
    {
        if (text.StartsWith("#015"u8))
        {
            value = (byte)'\r';
            return 4;
        }

        if (text.StartsWith("#012"u8))
        {
            value = (byte)'\n';
            return 4;
        }

        value = text[0];
        if (value != (byte)'\\' || text.Length < 2)
        {
            return 1;
        }

        value = text[1] switch
        {
            (byte)'r' => (byte)'\r',
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            _ => text[1],
        };
        return 2;
    }

    private static int EarliestLineEnd(ReadOnlySpan<byte> line)
    {
        var octal = line.IndexOf("#015#012"u8);
        var letters = line.IndexOf("\\r\\n"u8);
        return octal < 0 ? letters
            : letters < 0 ? octal
            : Math.Min(octal, letters);
    }

    // Before the message stand words of the log: the start line is found from its end.
    private static int StartLine(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith(" SIP/2.0"u8))
        {
            var status = text.LastIndexOf("SIP/2.0 "u8);
            return status >= 0 && SipSniffer.Look(text[status..]) == SipLikeness.Yes ? status : -1;
        }

        var uri = text[..^8].LastIndexOf((byte)' ');
        if (uri <= 0)
        {
            return -1;
        }

        var method = text[..uri].LastIndexOfAnyExceptInRange((byte)'A', (byte)'Z') + 1;
        return method < uri ? method : -1;
    }
}
