namespace Ringfence.Screening.Facts;

/// <summary>Where the caller's identity was taken from.</summary>
public enum IdentitySource : byte
{
    /// <summary>The request named nobody.</summary>
    None,

    /// <summary>P-Asserted-Identity from a trusted peer (RFC 3325 §9.1).</summary>
    AssertedIdentity,

    /// <summary>P-Preferred-Identity (RFC 3325 §9.2).</summary>
    PreferredIdentity,

    /// <summary>The From header: what the caller says of itself.</summary>
    From,
}
