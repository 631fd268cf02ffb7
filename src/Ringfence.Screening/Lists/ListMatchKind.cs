namespace Ringfence.Screening.Lists;

/// <summary>How an entry of a list came to match.</summary>
public enum ListMatchKind : byte
{
    /// <summary>Nothing matched, or the most specific entry is an exception.</summary>
    None,

    /// <summary>The very number or address.</summary>
    Exact,

    /// <summary>A range of numbers.</summary>
    Range,

    /// <summary>The longest of the prefixes that match.</summary>
    Prefix,

    /// <summary>The domain of an address.</summary>
    Domain,
}
