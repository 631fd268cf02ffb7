using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// A whole message in one line, its line ends written as <c>#015#012</c> (rsyslog) or <c>\r\n</c> (loggers that quote), or as they are where
/// they stood in a value of JSON.
/// </summary>
internal static class EscapedMessage
{
    /// <summary>Finds such a message in a line and writes it with real line ends.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> line, GrowingBuffer message)
    {
        var end = EarliestLineEnd(line, out var escape);
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
            var next = escape == 0 ? -1 : rest.IndexOf(escape);
            if (next < 0)
            {
                message.Append(rest);
                break;
            }

            message.Append(rest[..next]);
            rest = rest[next..];
            var used = escape == (byte)'#' ? Octal(rest, out var value) : Letter(rest, out value);
            message.Append([value]);
            rest = rest[used..];
        }

        Complete(message);
        return true;
    }

    // Loggers take line ends off the end of what they log.
    private static void Complete(GrowingBuffer message)
    {
        if (message.Span[^1] == (byte)'\r')
        {
            message.Append("\n"u8);
        }

        if (message.Span.IndexOf("\r\n\r\n"u8) < 0)
        {
            message.Append(message.Span.EndsWith("\r\n"u8) ? "\r\n"u8 : "\r\n\r\n"u8);
        }
    }

    private static int Octal(ReadOnlySpan<byte> text, out byte value)
    {
        value =
            text.StartsWith("#015"u8) ? (byte)'\r'
            : text.StartsWith("#012"u8) ? (byte)'\n'
            : text.StartsWith("#011"u8) ? (byte)'\t'
            : text[0];
        return value == (byte)'#' ? 1 : 4;
    }

    private static int Letter(ReadOnlySpan<byte> text, out byte value)
    {
        value = text[0];
        if (text.Length < 2)
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

    // Only one way of writing line ends holds for a line: a backslash means nothing where control characters are octal.
    private static int EarliestLineEnd(ReadOnlySpan<byte> line, out byte escape)
    {
        var real = line.IndexOf("\r\n"u8);
        var octal = line.IndexOf("#015#012"u8);
        escape =
            real >= 0 ? (byte)0
            : octal >= 0 ? (byte)'#'
            : (byte)'\\';
        return real >= 0 ? real
            : octal >= 0 ? octal
            : line.IndexOf("\\r\\n"u8);
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
