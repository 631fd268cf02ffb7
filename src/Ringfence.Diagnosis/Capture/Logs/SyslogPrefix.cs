namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>What syslog puts before a line (RFC 5424 §6, and the older form of RFC 3164 §4.1).</summary>
internal static class SyslogPrefix
{
    private const int MaxTag = 96;

    /// <summary>Takes the prefix off, if there is one, and its time.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var rest = line;
        if (rest.Length > 3 && rest[0] == (byte)'<' && char.IsAsciiDigit((char)rest[1]))
        {
            var end = rest[..Math.Min(5, rest.Length)].IndexOf((byte)'>');
            if (end < 0)
            {
                return line;
            }

            rest = rest[(end + 1)..];
            if (rest.StartsWith("1 "u8))
            {
                return StripNew(line, rest[2..], ref context);
            }
        }

        return StripOld(line, rest, ref context);
    }

    // TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
    private static ReadOnlySpan<byte> StripNew(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ref LogContext context)
    {
        var stamp = rest;
        for (var field = 0; field < 5; field++)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return line;
            }

            rest = rest[(space + 1)..];
        }

        TakeTime(stamp[..(stamp.Length - rest.Length)], ref context);
        var dataEnd = rest.StartsWith("["u8) ? rest.IndexOf("] "u8) + 1 : rest.IndexOf((byte)' ');
        return dataEnd <= 0 ? default : rest[(dataEnd + 1)..];
    }

    // Mmm dd hh:mm:ss host tag[pid]: message
    private static ReadOnlySpan<byte> StripOld(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ref LogContext context)
    {
        if (
            rest.Length < 20
            || rest[3] != (byte)' '
            || rest[6] != (byte)' '
            || rest[9] != (byte)':'
            || rest[15] != (byte)' '
        )
        {
            return line;
        }

        var afterTime = rest[15..];
        var tagEnd = afterTime[..Math.Min(MaxTag, afterTime.Length)].IndexOf(": "u8);
        if (tagEnd < 0)
        {
            // The line may be an empty one of a message: "tag[pid]:" and no more.
            tagEnd = afterTime.Length <= MaxTag && afterTime.EndsWith(":"u8) ? afterTime.Length - 1 : -1;
        }

        if (tagEnd < 0 || !LogTimestamp.TryFind(rest[..15], context, out var time, out _))
        {
            return line;
        }

        context.Time = time;
        return afterTime[Math.Min(afterTime.Length, tagEnd + 2)..];
    }

    private static void TakeTime(ReadOnlySpan<byte> stamp, ref LogContext context)
    {
        if (LogTimestamp.TryFind(stamp, context, out var time, out _))
        {
            context.Time = time;
        }
    }
}
