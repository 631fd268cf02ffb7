using System.Collections.Frozen;
using System.Numerics;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>
/// An immutable list of numbers, ranges, prefixes, addresses and domains. The most specific entry speaks: the number itself,
/// else the narrowest range, else the longest prefix; where that entry is an exception ("!+33199*"), the party is not on the list.
/// </summary>
/// <remarks>Ten million numbers take about 133 MB; a look-up allocates nothing.</remarks>
public sealed class NumberList
{
    private readonly SlotTable _numbers;
    private readonly SlotTable _prefixes;
    private readonly RangeTable _ranges;
    private readonly LeadingDigits? _leading;
    private readonly FrozenDictionary<string, (bool IsException, byte Label)> _addresses;
    private readonly FrozenDictionary<string, (bool IsException, byte Label)>.AlternateLookup<
        ReadOnlySpan<char>
    > _byText;
    private readonly string?[] _labels;

    internal NumberList(
        SlotTable numbers,
        SlotTable prefixes,
        RangeTable ranges,
        LeadingDigits? leading,
        FrozenDictionary<string, (bool IsException, byte Label)> addresses,
        string?[] labels
    )
    {
        _numbers = numbers;
        _prefixes = prefixes;
        _leading = leading;
        _ranges = ranges;
        _addresses = addresses;
        _byText = addresses.GetAlternateLookup<ReadOnlySpan<char>>();
        _labels = labels;
    }

    /// <summary>How many entries it has; two of one number count once, ranges are counted as written.</summary>
    public int Count { get; internal init; }

    /// <summary>What its tables take, in bytes.</summary>
    public long Bytes => _numbers.Bytes + _prefixes.Bytes + _ranges.Bytes;

    /// <summary>Asks for the memory that a look-up of the number reads first, without waiting for it.</summary>
    internal void Prefetch(PhoneNumber number)
    {
        if (!number.IsNone)
        {
            _numbers.Prefetch(number.Key);
        }
    }

    /// <summary>How many lines of the cache a look-up of the number reads in the table of numbers.</summary>
    internal int CountLines(PhoneNumber number) => _numbers.CountLines(number.Key);

    /// <summary>Looks the party up.</summary>
    public bool TryFind(in Party party, out ListMatch match)
    {
        match = party.Number.IsNone ? FindAddress(party.Text) : FindNumber(party.Number);
        return match.Kind != ListMatchKind.None;
    }

    private ListMatch FindNumber(PhoneNumber number)
    {
        if (_numbers.TryFind(number.Key, out var slot))
        {
            return Match(ListMatchKind.Exact, slot, default);
        }

        if (_leading is null)
        {
            return default;
        }

        var lengths = _leading.LengthsOf(number, out var mayBeInRange);
        return mayBeInRange && _ranges.TryFind(number.Key, out var range)
            ? Match(ListMatchKind.Range, range.Low, range.Last)
            : FindPrefix(number, lengths);
    }

    private ListMatch FindPrefix(PhoneNumber number, int lengths)
    {
        while (lengths != 0)
        {
            var length = BitOperations.Log2((uint)lengths);
            lengths &= ~(1 << length);
            if (_prefixes.TryFind(number.Prefix(length).Key, out var slot))
            {
                return Match(ListMatchKind.Prefix, slot, default);
            }
        }

        return default;
    }

    private ListMatch FindAddress(string text)
    {
        if (_addresses.Count == 0)
        {
            return default;
        }

        if (_addresses.TryGetValue(text, out var found))
        {
            return found.IsException ? default : new ListMatch(ListMatchKind.Exact, text, _labels[found.Label]);
        }

        var host = text.AsSpan(text.IndexOf('@', StringComparison.Ordinal) + 1);
        return _byText.TryGetValue(host, out found) && !found.IsException
            ? new ListMatch(ListMatchKind.Domain, host.ToString(), _labels[found.Label])
            : default;
    }

    private ListMatch Match(ListMatchKind kind, ListSlot slot, PhoneNumber high) =>
        slot.IsException ? default : new ListMatch(kind, slot.Number, high, _labels[slot.Label]);
}
