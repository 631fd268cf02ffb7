using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>A signer's certificate with its issuers, and what checking the path said; good for as long as the trust anchors stay.</summary>
public sealed class CertificatePath
{
    internal CertificatePath(
        IReadOnlyList<StirCertificate> certificates,
        StirCertificate? root,
        Fault fault,
        int trustVersion
    )
    {
        Certificates = certificates;
        Fault = fault;
        TrustVersion = trustVersion;
        StirCertificate[] all = root is null ? [.. certificates] : [.. certificates, root];
        NotBefore = all.Max(certificate => certificate.NotBefore);
        NotAfter = all.Min(certificate => certificate.NotAfter);
    }

    /// <summary>The certificate that signs.</summary>
    public StirCertificate Leaf => Certificates[0];

    /// <summary>Signer first, as received.</summary>
    public IReadOnlyList<StirCertificate> Certificates { get; }

    /// <summary>What is wrong with the path, validity apart, or <see cref="Fault.None"/>.</summary>
    public Fault Fault { get; }

    /// <summary>When the last of its certificates became valid.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When the first of its certificates expires.</summary>
    public DateTimeOffset NotAfter { get; }

    internal int TrustVersion { get; }

    internal RevocationVerdict? Revocation { get; set; }

    /// <summary>A delegation that exceeds its parent is a matter of authority, not of the path (RFC 9060 §4.1).</summary>
    internal Fault DelegationFault => FaultStatus.RuleOf(Fault) == VerificationRule.Authority ? Fault : Fault.None;

    /// <summary>What is wrong with the path at a time: validity is the one thing that changes by itself.</summary>
    /// <param name="now">Now.</param>
    /// <param name="issuedAt">"iat" of the token: the signer had to be valid then, too (RFC 8224 §6.2 step 4).</param>
    internal Fault Check(DateTimeOffset now, DateTimeOffset issuedAt)
    {
        if (now > NotAfter || now < NotBefore)
        {
            return now > NotAfter ? Fault.CertificateExpired : Fault.CertificateNotYetValid;
        }

        if (Fault != Fault.None && DelegationFault == Fault.None)
        {
            return Fault;
        }

        return issuedAt > Leaf.NotAfter || issuedAt < Leaf.NotBefore ? Fault.IatOutsideValidity : Fault.None;
    }
}
