using System.Buffers;
using System.Net;

namespace Ringfence.Media.Sdp;

/// <summary>The few lexical forms that the lines of a session description are made of.</summary>
internal static class SdpText
{
    private static readonly SearchValues<byte> DigitsAndDots = SearchValues.Create("0123456789."u8);

    /// <summary>Splits at runs of spaces.</summary>
    /// <returns>The number of fields, or one more than <paramref name="fields"/> holds when there are more.</returns>
    public static int Fields(ReadOnlySpan<byte> value, Span<Range> fields)
    {
        var count = 0;
        var at = 0;
        while (true)
        {
            while (at < value.Length && value[at] == ' ')
            {
                at++;
            }
            if (at == value.Length)
            {
                return count;
            }
            if (count == fields.Length)
            {
                return count + 1;
            }
            var length = value[at..].IndexOf((byte)' ');
            var end = length < 0 ? value.Length : at + length;
            fields[count++] = at..end;
            at = end;
        }
    }

    /// <summary>Reads one or more digits and nothing else, not above <paramref name="most"/>.</summary>
    public static bool Number(ReadOnlySpan<byte> digits, ulong most, out ulong number)
    {
        number = 0;
        if (digits.IsEmpty || digits.Length > 20)
        {
            return false;
        }
        foreach (var octet in digits)
        {
            var digit = (uint)(octet - '0');
            if (digit > 9 || number > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }
            number = number * 10 + digit;
        }
        return number <= most;
    }

    /// <summary>As <see cref="Number(ReadOnlySpan{byte}, ulong, out ulong)"/>, for small numbers.</summary>
    public static bool Number(ReadOnlySpan<byte> digits, int most, out int number)
    {
        var read = Number(digits, (ulong)most, out var wide);
        number = read ? (int)wide : 0;
        return read;
    }

    /// <summary>
    /// An IPv4 address of four parts or an IPv6 address without a zone; null for anything else. The short and
    /// hexadecimal IPv4 forms of the socket API are names here, not addresses.
    /// </summary>
    public static IPAddress? Address(ReadOnlySpan<byte> text)
    {
        var plain = text.Contains((byte)':')
            ? !text.Contains((byte)'%') && !text.Contains((byte)'[')
            : text.Count((byte)'.') == 3 && !text.ContainsAnyExcept(DigitsAndDots);
        return plain && IPAddress.TryParse(text, out var address) ? address : null;
    }
}
