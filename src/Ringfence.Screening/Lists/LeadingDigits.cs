using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>
/// Which prefixes, by their lengths, and whether ranges begin with the same few digits as a number. Small enough to stay in the
/// cache, so that hardly any number is sought where nothing like it stands.
/// </summary>
internal sealed class LeadingDigits
{
    private const int Digits = 4;
    private const int Rows = 10_000;
    private const ushort RangeBit = 1;

    // First the global numbers, then the local ones. Bit 0 stands for ranges, bit n for prefixes of n digits.
    private readonly ushort[] _rows = new ushort[2 * Rows];

    /// <summary>What may hold for every number: prefixes and ranges too short to have a row.</summary>
    private ushort _everywhere;

    public void AddPrefix(PhoneNumber prefix) => Add(prefix, prefix, (ushort)(1 << prefix.Length));

    public void AddRange(PhoneNumber first, PhoneNumber last) => Add(first, last, RangeBit);

    /// <summary>Lengths of prefixes that the number may begin with, one bit each, and whether it may lie in a range.</summary>
    public int LengthsOf(PhoneNumber number, out bool mayBeInRange)
    {
        var length = number.Length;
        var row = length < Digits ? _everywhere : _rows[RowOf(number, length)] | _everywhere;
        mayBeInRange = (row & RangeBit) != 0;
        return row & ((2 << length) - 1) & ~RangeBit;
    }

    private static int RowOf(PhoneNumber number, int length) =>
        (int)(number.WithoutLast(length - Digits).Digits - Rows) + (number.IsGlobal ? 0 : Rows);

    private void Add(PhoneNumber first, PhoneNumber last, ushort bit)
    {
        if (first.Length < Digits)
        {
            _everywhere |= bit;
            return;
        }

        for (var (row, to) = (RowOf(first, first.Length), RowOf(last, last.Length)); row <= to; row++)
        {
            _rows[row] |= bit;
        }
    }
}
