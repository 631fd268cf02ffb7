namespace Ringfence.Stir.Claims;

/// <summary>One identity of "orig", "dest" or "div": a telephone number or a URI (RFC 8225 §5.2.1).</summary>
/// <param name="IsUri">True for a "uri", false for a "tn".</param>
/// <param name="Value">Digits, "*" and "#" of a number (RFC 8224 §8.3), or the URI in canonical form (§8.5).</param>
public readonly record struct ClaimedIdentity(bool IsUri, string Value)
{
    /// <summary>A telephone number in canonical form: country code and digits, no "+".</summary>
    /// <param name="digits">1*( digit / "*" / "#" ).</param>
    public static ClaimedIdentity Number(string digits) => new(false, digits);

    /// <summary>A URI in canonical form.</summary>
    /// <param name="uri">As RFC 8224 §8.5 writes it.</param>
    public static ClaimedIdentity Uri(string uri) => new(true, uri);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
