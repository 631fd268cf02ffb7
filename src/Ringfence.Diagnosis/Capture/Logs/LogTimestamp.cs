namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Times as logs write them: <c>2021-07-12 11:47:35.854</c>, <c>2021/07/12 11:47:35</c>, <c>2021-07-12T11:47:35+02:00</c>,
/// <c>Jul 12 11:47:35</c>, <c>11:47:35.854</c>, <c>1490795453.136123</c>. Without a zone they are taken for UTC.
/// </summary>
internal static class LogTimestamp
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;
    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

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
                time = TryDate(line[..(colon - 2)], context, out var day) ? day + clock : Clock(clock, context);
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

    private static bool TryDate(ReadOnlySpan<byte> text, in LogContext context, out long date)
    {
        date = 0;
        text = text.TrimEnd(" T\t"u8);
        if (
            text.Length >= 10
            && text[^3] == text[^6]
            && text[^3] is (byte)'-' or (byte)'/'
            && TryTwo(text[^2..], 31, out var day)
            && TryTwo(text[^5..], 12, out var month)
            && TryTwo(text[^8..], 99, out var low)
            && TryTwo(text[^10..], 99, out var high)
        )
        {
            date = DaysSince1970((high * 100) + low, month, day);
            return true;
        }

        if (text.Length < 5 || !TryMonth(text, out month, out day))
        {
            return false;
        }

        // A syslog date has no year: it is the one that brings it nearest to the time before, or to that of the file.
        var near = context.Near;
        var year = DateTime.UnixEpoch.AddTicks(near / 100).Year;
        date = DaysSince1970(year, month, day);
        if (near != 0 && Math.Abs(date - near) > 183 * Day)
        {
            date = DaysSince1970(date > near ? year - 1 : year + 1, month, day);
        }

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

    private static bool TryMonth(ReadOnlySpan<byte> text, out int month, out int day)
    {
        (month, day) = (0, 0);
        var digits = 0;
        while (digits < 2 && digits < text.Length && char.IsAsciiDigit((char)text[^(digits + 1)]))
        {
            digits++;
        }

        if (digits == 0)
        {
            return false;
        }

        day = (int)Number(text[^digits..]);
        var name = text[..^digits].TrimEnd((byte)' ');
        var at = name.Length >= 3 ? Months.IndexOf(name[^3..]) : -1;
        month = (at / 3) + 1;
        return at >= 0 && at % 3 == 0;
    }

    private static long DaysSince1970(int year, int month, int day) =>
        year is >= 1970 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days * Day
            : 0;

    // +02:00 or -0500 right behind the clock; Z and nothing are UTC.
    private static long ZoneAt(ReadOnlySpan<byte> text)
    {
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
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
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

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int max, out int value)
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
