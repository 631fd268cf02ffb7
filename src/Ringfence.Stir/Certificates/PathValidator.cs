using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>
/// Checks a chain against the configured roots (RFC 5280 §6.1 by the framework, RFC 9060 §7 here). Nothing is downloaded and no
/// system store is read: an untrusted certificate must not make this machine ask anyone.
/// </summary>
public sealed class PathValidator(TrustAnchors anchors)
{
    /// <summary>The anchors that paths must lead to.</summary>
    public TrustAnchors Anchors { get; } = anchors;

    /// <summary>Checks everything about a path that does not depend on the time.</summary>
    /// <param name="certificates">Signer first.</param>
    public CertificatePath Validate(IReadOnlyList<StirCertificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        int version = Anchors.Version;
        StirCertificate? root = null;
        Fault fault = CheckKeys(certificates);
        fault = fault == Fault.None ? CheckOrder(certificates) : fault;
        fault = fault == Fault.None ? Build(certificates, out root) : fault;
        return new CertificatePath(certificates, root, fault, version);
    }

    /// <summary>RFC 8224 §7: P-256 signs calls; issuers may use P-384 (the SHAKEN certificate policy). RSA is nobody's.</summary>
    private static Fault CheckKeys(IReadOnlyList<StirCertificate> certificates)
    {
        if (certificates[0].Curve != Oids.CurveP256)
        {
            return Fault.CertificateKey;
        }

        if (
            certificates.Any(c =>
                c.Certificate.SignatureAlgorithm.Value is not (Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384)
            )
        )
        {
            return Fault.CertificateAlgorithm;
        }

        if (certificates.Skip(1).Any(issuer => issuer.Curve is not (Oids.CurveP256 or Oids.CurveP384)))
        {
            return Fault.CertificateKey;
        }

        return certificates[0].KeyUsage is { } usage && !usage.HasFlag(X509KeyUsageFlags.DigitalSignature)
            ? Fault.CertificateUsage
            : Fault.None;
    }

    /// <summary>RFC 9060 §7: signer to anchor, each authority key identifier the next subject key identifier; no other path is tried.</summary>
    private static Fault CheckOrder(IReadOnlyList<StirCertificate> certificates)
    {
        for (int at = 0; at + 1 < certificates.Count; at++)
        {
            StirCertificate child = certificates[at];
            StirCertificate issuer = certificates[at + 1];
            bool named = child
                .Certificate.IssuerName.RawData.AsSpan()
                .SequenceEqual(issuer.Certificate.SubjectName.RawData);
            bool keyed =
                child.AuthorityKeyIdentifier is null || child.AuthorityKeyIdentifier == issuer.SubjectKeyIdentifier;
            if (!named || !keyed)
            {
                return Fault.PathOrder;
            }

            if (!issuer.IsAuthority || (issuer.KeyUsage is { } usage && !usage.HasFlag(X509KeyUsageFlags.KeyCertSign)))
            {
                return Fault.PathIssuer;
            }
        }

        return Fault.None;
    }

    private Fault Build(IReadOnlyList<StirCertificate> certificates, out StirCertificate? root)
    {
        root = null;
        X509Certificate2Collection roots = Anchors.Collection;
        if (roots.Count == 0)
        {
            return Fault.NoTrustAnchors;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // Validity is checked per call against the clock of the constructor's TimeProvider, not here against the machine's.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        foreach (StirCertificate issuer in certificates.Skip(1))
        {
            chain.ChainPolicy.ExtraStore.Add(issuer.Certificate);
        }

        // The framework throws on some certificates that it could load; what a peer published must stay a value.
        try
        {
            if (!chain.Build(certificates[0].Certificate))
            {
                return Translate(chain, certificates);
            }
        }
        catch (CryptographicException)
        {
            return Fault.CertificateMalformed;
        }

        List<StirCertificate> built =
        [
            .. chain.ChainElements.Select(element => Known(element.Certificate, certificates)),
        ];
        root = built[^1];
        return CheckDelegation(built);
    }

    private static StirCertificate Known(X509Certificate2 certificate, IReadOnlyList<StirCertificate> certificates) =>
        certificates.FirstOrDefault(c => c.Certificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
        ?? StirCertificate.Read(X509CertificateLoader.LoadCertificate(certificate.RawDataMemory.Span));

    /// <summary>
    /// RFC 9060 §4.1: a delegate stays within its parent, all the way up, and an authority's list limits the paths through it
    /// (RFC 8226 §9).
    /// </summary>
    private static Fault CheckDelegation(List<StirCertificate> built)
    {
        TnAuthList? inner = built[0].TnAuthList;
        foreach (TnAuthList outer in built.Skip(1).Select(issuer => issuer.TnAuthList).OfType<TnAuthList>())
        {
            if (inner is null || !outer.Encompasses(inner))
            {
                return Fault.DelegationOutsideParent;
            }

            inner = outer;
        }

        return built.Skip(1).Any(issuer => issuer.AuthorityFault == Fault.TnAuthListMalformed)
            ? Fault.TnAuthListMalformed
            : Fault.None;
    }

    private static Fault Translate(X509Chain chain, IReadOnlyList<StirCertificate> certificates)
    {
        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError,
            (all, one) => all | one.Status
        );
        if (flags.HasFlag(X509ChainStatusFlags.NotSignatureValid))
        {
            return Fault.PathSignature;
        }

        if (
            (flags & (X509ChainStatusFlags.HasNotSupportedCriticalExtension | X509ChainStatusFlags.InvalidExtension))
            != 0
        )
        {
            return Fault.PathCriticalExtension;
        }

        if ((flags & (X509ChainStatusFlags.InvalidBasicConstraints | X509ChainStatusFlags.NotValidForUsage)) != 0)
        {
            return Fault.PathIssuer;
        }

        if (flags.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            StirCertificate last = certificates[^1];
            bool selfSigned = last
                .Certificate.IssuerName.RawData.AsSpan()
                .SequenceEqual(last.Certificate.SubjectName.RawData);
            return selfSigned ? Fault.PathUntrusted : Fault.PathIncomplete;
        }

        return Fault.PathUntrusted;
    }
}
