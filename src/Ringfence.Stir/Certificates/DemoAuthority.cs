using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>An STI hierarchy for demonstrations and tests: root, intermediate, an authority for the indirect revocation list, and signers.</summary>
public sealed class DemoAuthority : IDisposable
{
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;

    /// <summary>Makes the hierarchy with fresh keys.</summary>
    /// <param name="now">Validity starts a day before.</param>
    /// <param name="lifetime">Validity from now.</param>
    public DemoAuthority(DateTimeOffset now, TimeSpan lifetime)
    {
        _from = now.AddDays(-1);
        _until = now + lifetime;
        Root = Maker("SHAKEN Demo ROOT", RootKey).AsAuthority().SelfSign();
        Intermediate = Maker("SHAKEN Demo CA", IntermediateKey).AsAuthority().Issue(Root, RootKey);

        // RFC 5280 §6.3.3 (f) wants the list's issuer under the same anchor as the certificates it revokes.
        RevocationIssuer = Maker("STI-PA Demo CRL", RevocationKey).AsRevocationIssuer().Issue(Root, RootKey);
    }

    /// <summary>The trust anchor.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>The authority that issues to signers.</summary>
    public X509Certificate2 Intermediate { get; }

    /// <summary>Whose revocation lists count for all issuers, as those of the STI-PA do.</summary>
    public X509Certificate2 RevocationIssuer { get; }

    /// <summary>Key of the root.</summary>
    public ECDsa RootKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Key of the intermediate.</summary>
    public ECDsa IntermediateKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Key of the list's issuer.</summary>
    public ECDsa RevocationKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Issues a signer's certificate in the SHAKEN profile.</summary>
    /// <param name="serviceProviderCode">The code in TNAuthList and common name.</param>
    /// <param name="key">The signer's key, P-256.</param>
    /// <param name="revocationList">Where the revocation list is said to lie.</param>
    public X509Certificate2 IssueSigner(
        string serviceProviderCode,
        ECDsa key,
        string revocationList = "http://sti-pa.example/crl"
    ) =>
        Maker("SHAKEN " + serviceProviderCode, key)
            .AsSigner()
            .With(new TnAuthList([serviceProviderCode], []))
            .WithRevocationList(revocationList, RevocationIssuer.SubjectName)
            .WithPolicy()
            .Issue(Intermediate, IntermediateKey);

    /// <summary>A certificate that the caller finishes and issues by a key of this hierarchy.</summary>
    /// <param name="commonName">Common name of the subject.</param>
    /// <param name="key">The key certified.</param>
    public CertificateMaker Maker(string commonName, ECDsa key) =>
        new(commonName, key) { NotBefore = _from, NotAfter = _until };

    /// <summary>The chain behind an "x5u": the signer, then the intermediate.</summary>
    /// <param name="signer">The signer's certificate.</param>
    public string Chain(X509Certificate2 signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return signer.ExportCertificatePem() + "\n" + Intermediate.ExportCertificatePem() + "\n";
    }

    /// <summary>An indirect revocation list.</summary>
    /// <param name="now">When it is issued.</param>
    /// <param name="number">CRL number.</param>
    /// <param name="revoked">The certificates that it revokes.</param>
    /// <returns>DER.</returns>
    public byte[] RevocationList(DateTimeOffset now, long number, params IEnumerable<X509Certificate2> revoked)
    {
        ArgumentNullException.ThrowIfNull(revoked);
        var maker = new RevocationListMaker
        {
            ThisUpdate = now,
            NextUpdate = now.AddDays(1),
            Number = number,
        };
        foreach (X509Certificate2 certificate in revoked)
        {
            maker.Revoke(certificate);
        }

        return maker.Sign(RevocationIssuer, RevocationKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        RevocationIssuer.Dispose();
        RootKey.Dispose();
        IntermediateKey.Dispose();
        RevocationKey.Dispose();
    }
}
