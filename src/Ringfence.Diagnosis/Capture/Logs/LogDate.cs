namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>Dates as logs write them before a clock.</summary>
internal static class LogDate
{
    private const long Day = 86_400_000_000_000;
    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads the date at the end of a text; <paramref name="american"/> puts the month first where slashes part it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, in LogContext context, bool american, out long date)
    {
        date = 0;
        text = text.TrimEnd(" T\t"u8);
        if (
            text.Length >= 10
            && text[^3] == text[^6]
            && text[^3] is (byte)'-' or (byte)'/'
            && LogTimestamp.TryTwo(text[^2..], 31, out var day)
            && LogTimestamp.TryTwo(text[^5..], 12, out var month)
            && LogTimestamp.TryTwo(text[^8..], 99, out var low)
            && LogTimestamp.TryTwo(text[^10..], 99, out var high)
        )
        {
            date = DaysSince1970((high * 100) + low, month, day);
            return true;
        }

        if (TryYearLast(text, american, out date))
        {
            return true;
        }

        if (text.Length < 5 || !TryMonth(text, out month, out day))
        {
            return false;
        }

        date = WithoutYear(month, day, context);
        return true;
    }

    /// <summary>A date without year is the one that is nearest to the time before, or to that of the file.</summary>
    public static long WithoutYear(int month, int day, in LogContext context)
    {
        var near = context.Near;
        var year = DateTime.UnixEpoch.AddTicks(near / 100).Year;
        var date = DaysSince1970(year, month, day);
        if (near != 0 && Math.Abs(date - near) > 183 * Day)
        {
            date = DaysSince1970(date > near ? year - 1 : year + 1, month, day);
        }

        return date;
    }

    // 12.07.2021; 7/12/2021 where the clock has twelve hours; Jul 12 2021.
    private static bool TryYearLast(ReadOnlySpan<byte> text, bool american, out long date)
    {
        date = 0;
        text = text.TrimEnd((byte)',');
        if (
            text.Length < 8
            || !LogTimestamp.TryTwo(text[^4..], 99, out var high)
            || !LogTimestamp.TryTwo(text[^2..], 99, out var low)
        )
        {
            return false;
        }

        var mark = text[^5];
        var rest = text[..^5];
        int month;
        int day;
        if (mark == (byte)' ')
        {
            return TryMonth(rest.TrimEnd((byte)','), out month, out day)
                && (date = DaysSince1970((high * 100) + low, month, day)) != 0;
        }

        if (mark is not ((byte)'.' or (byte)'/') || (mark == (byte)'/' && !american))
        {
            return false;
        }

        var second = LastNumber(ref rest);
        if (rest.IsEmpty || rest[^1] != mark)
        {
            return false;
        }

        rest = rest[..^1];
        var first = LastNumber(ref rest);
        (day, month) = mark == (byte)'.' ? (first, second) : (second, first);
        return (date = DaysSince1970((high * 100) + low, month, day)) != 0;
    }

    // One or two digits at the end, taken off.
    private static int LastNumber(ref ReadOnlySpan<byte> text)
    {
        var digits = 0;
        while (digits < 2 && digits < text.Length && char.IsAsciiDigit((char)text[^(digits + 1)]))
        {
            digits++;
        }

        var number = (int)LogTimestamp.Number(text[^digits..]);
        text = text[..^digits];
        return number;
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, out int month, out int day)
    {
        (month, day) = (0, 0);
        var name = text;
        day = LastNumber(ref name);
        if (day == 0)
        {
            return false;
        }

        name = name.TrimEnd((byte)' ');
        var at = name.Length >= 3 ? Months.IndexOf(name[^3..]) : -1;
        month = (at / 3) + 1;
        return at >= 0 && at % 3 == 0;
    }

    private static long DaysSince1970(int year, int month, int day) =>
        year is >= 1970 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days * Day
            : 0;
}
