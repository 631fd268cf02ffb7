using Ringfence.Stir.Claims;

namespace Ringfence.Stir.Authentication;

/// <summary>Whether a call was signed, as what, and why.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Attestation">The level; none when it was not signed.</param>
/// <param name="Identity">The PASSporT, or null.</param>
public sealed record SigningResult(SigningReason Reason, Attestation Attestation, SignedIdentity? Identity)
{
    internal static SigningResult Unsigned(SigningReason reason) => new(reason, Attestation.None, null);
}
