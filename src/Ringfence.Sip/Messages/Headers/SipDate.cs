namespace Ringfence.Sip.Messages;

/// <summary>SIP-date = rfc1123-date, GMT and nothing else (RFC 3261 §20.17, §25.1): "Sat, 13 Nov 2010 23:29:00 GMT".</summary>
public static class SipDate
{
    /// <summary>Length of a date in bytes.</summary>
    public const int Length = 29;

    private static ReadOnlySpan<byte> Days => "SunMonTueWedThuFriSat"u8;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads a date; false for another zone, a day that does not exist, or the wrong day of the week.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out DateTimeOffset date)
    {
        date = default;
        if (
            value.Length != Length
            || !Follows(value, "..., .. ... .... ..:..:.. GMT"u8)
            || !Digits.TryParse(value[5..7], 31, out uint day)
            || !Digits.TryParse(value[12..16], 9999, out uint year)
            || !Digits.TryParse(value[17..19], 23, out uint hour)
            || !Digits.TryParse(value[20..22], 59, out uint minute)
            || !Digits.TryParse(value[23..25], 60, out uint second)
        )
        {
            return false;
        }

        int month = Find(Months, value[8..11]) + 1;
        if (month == 0 || year == 0 || day == 0 || day > DateTime.DaysInMonth((int)year, month))
        {
            return false;
        }

        // A leap second is the last second of its minute here.
        date = new DateTimeOffset(
            (int)year,
            month,
            (int)day,
            (int)hour,
            (int)minute,
            (int)Math.Min(second, 59),
            default
        );
        return Find(Days, value[..3]) == (int)date.DayOfWeek;
    }

    /// <summary>Writes a date.</summary>
    /// <param name="date">Any offset; written as GMT.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(DateTimeOffset date, Span<byte> destination) =>
        System.Buffers.Text.Utf8Formatter.TryFormat(date, destination, out _, 'R');

    /// <summary>True when every byte of the pattern that is no dot stands in the value.</summary>
    private static bool Follows(ReadOnlySpan<byte> value, ReadOnlySpan<byte> pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '.' && pattern[i] != value[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int Find(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        int at = names.IndexOf(name);
        return at >= 0 && at % 3 == 0 ? at / 3 : -1;
    }
}
