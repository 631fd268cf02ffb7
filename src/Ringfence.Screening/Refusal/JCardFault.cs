namespace Ringfence.Screening.Refusal;

/// <summary>What is wrong with a signed jCard that came with a 608.</summary>
public enum JCardFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Longer than 64 KiB.</summary>
    TooLong,

    /// <summary>No compact JWS, or its parts are no JSON of the right shape.</summary>
    Malformed,

    /// <summary>Another algorithm than ES256, or another type than vcard+json.</summary>
    Unsupported,

    /// <summary>No "iat", no "jcard", or no way to contact anybody in it (RFC 8688 §3.2.2).</summary>
    Incomplete,

    /// <summary>The signature does not hold.</summary>
    BadSignature,

    /// <summary>Issued more than a minute or so ago, or in the future (RFC 8688 §3.3).</summary>
    Stale,
}
