using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Authentication;

/// <summary>A PASSporT that was signed.</summary>
/// <param name="Claims">What it claims.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Token">Its full form.</param>
/// <param name="X5u">Where the certificate lies.</param>
public sealed record SignedIdentity(PassportClaims Claims, PassportType Type, string Token, string X5u)
{
    /// <summary>Value of the Identity header in full form (RFC 8224 §4).</summary>
    public string Header => IdentityHeader.Format(Token, X5u, Type);

    /// <summary>
    /// Value of the Identity header in compact form, which needs a Date header of <see cref="PassportClaims.IssuedAt"/>; null for kinds that
    /// have none (RFC 8224 §9). After a 438 the request is sent once more in full form (§6.1.1).
    /// </summary>
    public string? CompactHeader =>
        Type == PassportType.Baseline && Claims.MediaKeys.Count == 0
            ? IdentityHeader.Format(string.Concat("..", Token.AsSpan(Token.LastIndexOf('.') + 1)), X5u, Type)
            : null;
}
