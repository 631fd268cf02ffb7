using System.Globalization;

namespace Ringfence.Stir.Certificates;

/// <summary>Consecutive telephone numbers of one length (RFC 8226 §9), or a single one.</summary>
/// <param name="Start">First number: digits, or for a single number also "*" and "#".</param>
/// <param name="Count">How many; 1 for a single number.</param>
public readonly record struct TelephoneNumberRange(string Start, ulong Count)
{
    /// <summary>Whether the number is one of the range.</summary>
    /// <param name="number">A canonical number.</param>
    public bool Contains(ReadOnlySpan<char> number)
    {
        if (Count == 1)
        {
            return number.SequenceEqual(Start);
        }

        return number.Length == Start.Length
            && TryParse(number, out ulong value)
            && TryParse(Start, out ulong first)
            && value >= first
            && value - first < Count;
    }

    /// <summary>Whether every number of the other range is one of this.</summary>
    /// <param name="other">A range, not necessarily of the same length.</param>
    public bool Contains(TelephoneNumberRange other)
    {
        if (other.Count == 1)
        {
            return Contains(other.Start);
        }

        return Contains(other.Start)
            && TryParse(Start, out ulong first)
            && TryParse(other.Start, out ulong otherFirst)
            && otherFirst - first + other.Count <= Count;
    }

    /// <summary>RFC 8226 §9: start + count is less than 10^D, with D the digits of start; "*" and "#" take no count.</summary>
    internal bool IsValid =>
        Start.Length is >= 1 and <= 15
        && (
            Count == 1
                ? Claims.IdentityReader.IsCanonicalNumber(Start)
                : Count >= 2
                    && TryParse(Start, out ulong first)
                    && Count < PowerOfTen(Start.Length)
                    && first + Count < PowerOfTen(Start.Length)
        );

    private static bool TryParse(ReadOnlySpan<char> digits, out ulong value) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static ulong PowerOfTen(int digits)
    {
        ulong power = 1;
        while (digits-- > 0)
        {
            power *= 10;
        }

        return power;
    }
}
