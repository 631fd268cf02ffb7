namespace Ringfence.Screening.Facts;

/// <summary>What kind of name a party goes by.</summary>
public enum PartyForm : byte
{
    /// <summary>Nothing was said.</summary>
    None,

    /// <summary>A number with country code.</summary>
    Number,

    /// <summary>A number without country code: a short code, or one that nobody normalised.</summary>
    Local,

    /// <summary>An address of record, user@host.</summary>
    Address,

    /// <summary>Deliberately withheld (RFC 3323 §4.1).</summary>
    Anonymous,

    /// <summary>Something that is neither a number nor an address: too long, or the wrong characters.</summary>
    Invalid,
}
