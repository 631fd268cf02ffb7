namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Times as logs write them: <c>2021-07-12 11:47:35.854</c>, <c>2021/07/12 11:47:35</c>, <c>2021-07-12T11:47:35+02:00</c>,
/// <c>Jul 12 11:47:35</c>, <c>12.07.2021 11:47:35,854</c>, <c>7/12/2021 11:47:35 PM</c>, <c>11:47:35.854</c>, <c>1490795453.136123</c>.
/// Without a zone they are taken for UTC.
/// </summary>
internal static class LogTimestamp
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;

    /// <summary>Finds the first time in a line; <paramref name="end"/> is the place behind it. What it leaves out is taken from the time before.</summary>
    public static bool TryFind(ReadOnlySpan<byte> line, in LogContext context, out long time, out int end)
    {
        (time, end) = (0, 0);
        for (var from = 0; from < line.Length; )
        {
            var colon = line[from..].IndexOf((byte)':');
            if (colon < 0)
            {
                return false;
            }

            colon += from;
            if (TryClock(line, colon, out var clock, out end))
            {
                var half = HalfAt(line[end..]);
                clock += HalfOf(clock, half);
                time = LogDate.TryParse(line[..(colon - 2)], context, half != 0, out var day)
                    ? day + clock
                    : Clock(clock, context);
                time -= ZoneAt(line[end..]);
                return true;
            }

            from = colon + 1;
        }

        return false;
    }

    /// <summary>Seconds since 1970 with a fraction.</summary>
    public static bool TryEpoch(ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        var digits = CountDigits(text);
        if (digits is < 9 or > 10)
        {
            return false;
        }

        time = (Number(text[..digits]) * Second) + Fraction(text[digits..], out _);
        return true;
    }

    /// <summary>
    /// A number alone at the beginning of a line: seconds since 1970 with a fraction, milli-, micro- or nanoseconds, or what some phones write,
    /// MMDDhhmmss and a bar.
    /// </summary>
    public static bool TryStamp(ReadOnlySpan<byte> line, in LogContext context, out long time)
    {
        time = 0;
        var digits = CountDigits(line);
        if (digits == 10 && line.Length > 10 && line[10] == (byte)'|')
        {
            return TryPhone(line, context, out time);
        }

        if (
            digits is not (10 or 13 or 16 or 19)
            || (line.Length > digits && line[digits] is not ((byte)' ' or (byte)'.'))
        )
        {
            return false;
        }

        time = Number(line[..digits]);
        for (var at = digits; at < 19; at++)
        {
            time *= 10;
        }

        time = PacketTime.Of(time + (digits == 10 ? Fraction(line[10..], out _) : 0));
        return true;
    }

    private static bool TryPhone(ReadOnlySpan<byte> line, in LogContext context, out long time)
    {
        time = 0;
        if (
            !TryTwo(line, 12, out var month)
            || !TryTwo(line[2..], 31, out var day)
            || !TryTwo(line[4..], 23, out var hour)
            || !TryTwo(line[6..], 59, out var minute)
            || !TryTwo(line[8..], 60, out var second)
        )
        {
            return false;
        }

        time = LogDate.WithoutYear(month, day, context) + ((((hour * 60L) + minute) * 60 + second) * Second);
        return true;
    }

    // HH:MM:SS with an optional fraction, around its first colon.
    private static bool TryClock(ReadOnlySpan<byte> line, int colon, out long clock, out int end)
    {
        (clock, end) = (0, colon + 6);
        if (
            colon < 2
            || line.Length < colon + 6
            || line[colon + 3] != (byte)':'
            || !TryTwo(line[(colon - 2)..], 23, out var hour)
            || !TryTwo(line[(colon + 1)..], 59, out var minute)
            || !TryTwo(line[(colon + 4)..], 60, out var second)
            || (colon > 2 && char.IsAsciiDigit((char)line[colon - 3]))
        )
        {
            return false;
        }

        clock = (((hour * 60L) + minute) * 60 + second) * Second;
        clock += Fraction(line[end..], out var used);
        end += used;
        return true;
    }

    // A clock alone: midnight has passed where it went back by much; of a file that was closed after midnight it may be the day before.
    private static long Clock(long clock, in LogContext context)
    {
        var near = context.Near;
        var time = near - (near % Day) + clock;
        return near - time > Day / 2 ? time + Day
            : context.Time == 0 && near != 0 && time > near ? time - Day
            : time;
    }

    // 1 for AM, 2 for PM, 0 where the clock has 24 hours.
    private static int HalfAt(ReadOnlySpan<byte> text) =>
        text.Length < 3 || text[0] != (byte)' ' || (text[2] | 0x20) != 'm' ? 0
        : (text[1] | 0x20) == 'a' ? 1
        : (text[1] | 0x20) == 'p' ? 2
        : 0;

    private static long HalfOf(long clock, int half) =>
        half == 1 && clock >= Day / 2 ? -Day / 2
        : half == 2 && clock < Day / 2 ? Day / 2
        : 0;

    // +02:00, -0500 or GMT+0200 right behind the clock; Z and nothing are UTC.
    private static long ZoneAt(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith(" GMT"u8) ? text[4..] : text;
        if (text.Length < 5 || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return 0;
        }

        var minutes = text[3] == (byte)':' ? text[4..] : text[3..];
        if (!TryTwo(text[1..], 14, out var hour) || !TryTwo(minutes, 59, out var minute))
        {
            return 0;
        }

        var zone = ((hour * 60L) + minute) * 60 * Second;
        return text[0] == (byte)'+' ? zone : -zone;
    }

    private static long Fraction(ReadOnlySpan<byte> text, out int used)
    {
        used = 0;
        var isColon = text.Length > 3 && text[0] == (byte)':' && CountDigits(text[1..]) == 3;
        if (text.IsEmpty || (text[0] is not ((byte)'.' or (byte)',') && !isColon))
        {
            return 0;
        }

        var value = 0L;
        var unit = Second;
        for (var i = 1; i < text.Length && char.IsAsciiDigit((char)text[i]); i++)
        {
            unit /= 10;
            value += (text[i] - '0') * unit;
            used = i + 1;
        }

        return value;
    }

    internal static int CountDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    internal static long Number(ReadOnlySpan<byte> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    internal static bool TryTwo(ReadOnlySpan<byte> text, int max, out int value)
    {
        value = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
        {
            return false;
        }

        value = (int)Number(text[..2]);
        return value <= max;
    }
}
