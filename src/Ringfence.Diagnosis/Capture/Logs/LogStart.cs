using Ringfence.Sip.Messages;
using ContentLength = Ringfence.Diagnosis.Capture.Streams.ContentLength;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>Where in a line of a log a SIP message begins, and how far it goes.</summary>
internal static class LogStart
{
    /// <summary>Whether a line is a start line and nothing else. It has no line end any more, for which the sniffer would wait.</summary>
    public static bool Is(ReadOnlySpan<byte> line) =>
        line.Length > 12 && SipSniffer.Look(line) == SipLikeness.Yes
        || (line.Length > 12 && line.EndsWith(" SIP/2.0"u8) && IsRequestLine(line))
        || (line.EndsWith(" SIP/2.0."u8) && IsRequestLine(line[..^1]));

    /// <summary>The start line behind what a logger puts before each line; -1 if there is none.</summary>
    public static int Behind(ReadOnlySpan<byte> line)
    {
        var version = line.LastIndexOf("SIP/2.0"u8);
        if (version <= 0)
        {
            return -1;
        }

        var start = version;
        if (line[version - 1] == (byte)' ' && line[(version + 7)..] is [] or [(byte)'.'])
        {
            var uri = line[..(version - 1)].LastIndexOf((byte)' ');
            start = uri < 1 ? 0 : line[..uri].LastIndexOfAnyExceptInRange((byte)'A', (byte)'Z') + 1;
        }

        return start > 0 && IsBoundary(line[start - 1]) && Is(line[start..]) ? start : -1;
    }

    /// <summary>Whether a line is a header field that SIP knows.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && HeaderNames.Find(line[..colon].Trim(" \t"u8)) != HeaderId.Other;
    }

    /// <summary>Whether a line is one of a log and none of a message's head: it has a time, and no name of a header field before it.</summary>
    public static bool IsLogged(ReadOnlySpan<byte> line, in LogContext context)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0
            && line[0] is not ((byte)' ' or (byte)'\t')
            && (line[..colon].IndexOf((byte)' ') >= 0 || !char.IsAsciiLetter((char)line[0]))
            && !IsHeader(line)
            && LogTimestamp.TryFind(line, context, out _, out _);
    }

    /// <summary>How long a message is by its own word; a logger may go on behind it.</summary>
    public static int LengthOf(ReadOnlySpan<byte> message)
    {
        var head = message.IndexOf("\r\n\r\n"u8) + 4;
        return head >= 4 && ContentLength.TryFind(message[..head], out var body)
            ? (int)Math.Min(message.Length, (long)head + body)
            : message.Length;
    }

    private static bool IsBoundary(byte before) =>
        before is (byte)' ' or (byte)'\t' or (byte)'|' or (byte)']' or (byte)':' or (byte)'>';

    private static bool IsRequestLine(ReadOnlySpan<byte> line)
    {
        var method = line.IndexOf((byte)' ');
        if (method < 1 || method + 1 > line.Length - 8)
        {
            return false;
        }

        var uri = line[(method + 1)..^8];
        return method < 64
            && line[..method].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0
            && uri.IndexOf((byte)':') > 0
            && uri.IndexOf((byte)' ') < 0;
    }
}
