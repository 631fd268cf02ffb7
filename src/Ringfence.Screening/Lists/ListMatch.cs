using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>The entry of a list that matched; costs nothing until it is put into words.</summary>
public readonly struct ListMatch
{
    private readonly PhoneNumber _low;
    private readonly PhoneNumber _high;
    private readonly string? _address;

    internal ListMatch(ListMatchKind kind, PhoneNumber low, PhoneNumber high, string? label)
    {
        Kind = kind;
        _low = low;
        _high = high;
        Label = label;
    }

    internal ListMatch(ListMatchKind kind, string address, string? label)
    {
        Kind = kind;
        _address = address;
        Label = label;
    }

    /// <summary>How it matched.</summary>
    public ListMatchKind Kind { get; }

    /// <summary>What the list says of the entry, or null.</summary>
    public string? Label { get; }

    /// <summary>The entry as a list file writes it; allocates.</summary>
    public string Entry =>
        Kind switch
        {
            ListMatchKind.None => "",
            ListMatchKind.Range => $"{_low}..{_high}",
            ListMatchKind.Prefix => $"{_low}*",
            ListMatchKind.Domain => $"@{_address}",
            _ => _address ?? _low.ToString(),
        };
}
