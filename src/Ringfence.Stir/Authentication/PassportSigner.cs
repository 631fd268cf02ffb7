using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Authentication;

/// <summary>Signs claims as they are; what may be claimed is <see cref="AuthenticationService"/>'s to decide.</summary>
public static class PassportSigner
{
    /// <summary>Signs.</summary>
    /// <param name="key">The key.</param>
    /// <param name="claims">What is claimed; identities in canonical form.</param>
    /// <param name="type">The kind, or null for the one that the claims make.</param>
    public static SignedIdentity Sign(SigningKey key, PassportClaims claims, PassportType? type = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(claims);
        PassportType kind = type ?? claims.NaturalType;
        byte[] input = PassportWriter.SigningInput(claims, kind, key.X5u);
        return new SignedIdentity(claims, kind, PassportWriter.Full(input, key.Sign(input)), key.X5u);
    }
}
