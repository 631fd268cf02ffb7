using System.Buffers;
using System.Collections.Frozen;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>Gathers the entries of one list, then makes the list. Not for more than one thread.</summary>
public sealed class NumberListBuilder
{
    private const int ChunkLength = 1 << 16;

    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
    );

    private readonly List<ulong[]> _numbers = [];
    private readonly List<ulong> _prefixes = [];
    private readonly List<NumberRange> _ranges = [];
    private readonly Dictionary<string, (bool IsException, byte Label)> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte> _labels = new(StringComparer.Ordinal);
    private long _count;
    private LeadingDigits? _leading;

    /// <summary>How many different labels a list can tell apart; the entries of later ones carry none.</summary>
    public static int MaxLabels => byte.MaxValue;

    /// <summary>
    /// Adds one entry: a number, <c>first..last</c>, <c>prefix*</c>, an address, <c>@domain</c>, or any of them after "!" for an
    /// exception. False with the fault where the text is none of these.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<char> text, string? label, out string? fault)
    {
        text = text.Trim();
        var isException = text is ['!', ..];
        text = isException ? text[1..].TrimStart() : text;
        var tag = LabelIndex(label);
        var range = text.IndexOf("..", StringComparison.Ordinal);
        range = range < 0 ? text.IndexOf("-+", StringComparison.Ordinal) : range;
        if (range > 0 && text.IndexOf('@') < 0)
        {
            return TryAddRange(text[..range], text[(range + 1)..].TrimStart('.'), isException, tag, out fault);
        }

        if (text is [.., '*'] && text is not ['*', ..])
        {
            fault = PhoneNumber.TryParse(text[..^1], out var prefix)
                ? null
                : "a prefix is digits and a star, such as +33199*";
            if (fault is null)
            {
                _prefixes.Add(new ListSlot(prefix, isException, tag).Bits);
                (_leading ??= new LeadingDigits()).AddPrefix(prefix);
            }

            return fault is null;
        }

        return PhoneNumber.TryParse(text, out var number)
            ? Add(new ListSlot(number, isException, tag), out fault)
            : TryAddAddress(text, isException, tag, out fault);
    }

    /// <summary>Makes the list; the builder is spent.</summary>
    public NumberList Build()
    {
        var labels = new string?[byte.MaxValue + 1];
        foreach (var (text, index) in _labels)
        {
            labels[index] = text;
        }

        var numbers = SlotTable.Build(_numbers, _count);
        var prefixes = SlotTable.Build(
            [
                [.. _prefixes],
            ],
            _prefixes.Count
        );
        var written = _ranges.Count;
        return new NumberList(
            numbers,
            prefixes,
            RangeTable.Build(_ranges),
            _leading,
            _addresses.ToFrozenDictionary(StringComparer.Ordinal),
            labels
        )
        {
            Count = numbers.Count + prefixes.Count + written + _addresses.Count,
        };
    }

    private bool Add(ListSlot slot, out string? fault)
    {
        if (_count % ChunkLength == 0)
        {
            _numbers.Add(new ulong[ChunkLength]);
        }

        _numbers[^1][_count++ % ChunkLength] = slot.Bits;
        fault = null;
        return true;
    }

    private bool TryAddRange(
        ReadOnlySpan<char> low,
        ReadOnlySpan<char> high,
        bool isException,
        byte tag,
        out string? fault
    )
    {
        if (!PhoneNumber.TryParse(low.Trim(), out var first) || !PhoneNumber.TryParse(high.Trim(), out var last))
        {
            fault = "a range is two numbers, such as +33199001000..+33199001999";
            return false;
        }

        fault = first.DistanceTo(last) switch
        {
            null => "the ends of a range have the same number of digits and the same country code form",
            < 0 => "a range begins with its lower end",
            _ => null,
        };
        if (fault is null)
        {
            _ranges.Add(new NumberRange(new ListSlot(first, isException, tag), last.Key));
            (_leading ??= new LeadingDigits()).AddRange(first, last);
        }

        return fault is null;
    }

    private bool TryAddAddress(ReadOnlySpan<char> text, bool isException, byte tag, out string? fault)
    {
        var domain =
            text.StartsWith("*@", StringComparison.Ordinal) ? text[2..]
            : text is ['@', ..] ? text[1..]
            : default;
        var party = domain.IsEmpty ? Party.Parse(text) : default;
        var key = domain.IsEmpty ? party.Text : domain.ToString().ToLowerInvariant();
        var holds = domain.IsEmpty
            ? party.Form is PartyForm.Address or PartyForm.Anonymous or PartyForm.Number or PartyForm.Local
            : !domain.ContainsAnyExcept(DomainCharacters);
        fault = holds ? null : "neither a number of at most 15 digits, a range, a prefix, an address nor a domain";
        if (holds && !party.Number.IsNone)
        {
            return Add(new ListSlot(party.Number, isException, tag), out fault);
        }

        if (holds)
        {
            _addresses[key] = (isException, tag);
        }

        return holds;
    }

    private byte LabelIndex(string? label)
    {
        if (string.IsNullOrWhiteSpace(label))
        {
            return 0;
        }

        if (!_labels.TryGetValue(label, out var index) && _labels.Count < MaxLabels)
        {
            index = (byte)(_labels.Count + 1);
            _labels.Add(label, index);
        }

        return index;
    }
}
