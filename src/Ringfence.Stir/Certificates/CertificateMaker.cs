using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>Makes certificates of an STI hierarchy in the SHAKEN profile (ATIS-1000080 §6.4), for demonstrations and tests.</summary>
public sealed class CertificateMaker
{
    private readonly CertificateRequest _request;

    /// <summary>Starts a certificate.</summary>
    /// <param name="commonName">Common name of the subject, such as "SHAKEN 1234".</param>
    /// <param name="key">The key certified.</param>
    public CertificateMaker(string commonName, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCountryOrRegion("US");
        subject.AddOrganizationName("Example");
        subject.AddCommonName(commonName);
        _request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        _request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(_request.PublicKey, false));
    }

    /// <summary>Start of validity.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>End of validity.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Makes it an authority.</summary>
    /// <param name="pathLength">Authorities that may follow below, or null for any number.</param>
    public CertificateMaker AsAuthority(int? pathLength = null)
    {
        _request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, true)
        );
        _request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        return this;
    }

    /// <summary>Makes it a signer of calls.</summary>
    public CertificateMaker AsSigner()
    {
        _request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        _request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        return this;
    }

    /// <summary>Makes it an issuer of revocation lists.</summary>
    public CertificateMaker AsRevocationIssuer()
    {
        _request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        _request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true));
        return this;
    }

    /// <summary>Gives it authority over numbers (RFC 8226 §9).</summary>
    /// <param name="list">The numbers.</param>
    public CertificateMaker With(TnAuthList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return With(Oids.TnAuthList, list.Encode());
    }

    /// <summary>Constrains its claims (RFC 8226 §8, RFC 9118 §3).</summary>
    /// <param name="constraints">The constraints; with "mustExclude" they are of the enhanced kind.</param>
    public CertificateMaker With(JwtClaimConstraints constraints)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        string oid = constraints.MustExclude.Count > 0 ? Oids.EnhancedJwtClaimConstraints : Oids.JwtClaimConstraints;
        return With(oid, constraints.Encode());
    }

    /// <summary>Names the revocation list that covers it (RFC 5280 §4.2.1.13).</summary>
    /// <param name="url">Where the list lies.</param>
    /// <param name="crlIssuer">Who signs the list, when that is not the issuer.</param>
    public CertificateMaker WithRevocationList(string url, X500DistinguishedName? crlIssuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag(0)))
            using (writer.PushSequence(Tag(0)))
            {
                writer.WriteCharacterString(
                    UniversalTagNumber.IA5String,
                    url,
                    new Asn1Tag(TagClass.ContextSpecific, 6)
                );
            }

            if (crlIssuer is not null)
            {
                using (writer.PushSequence(Tag(2)))
                using (writer.PushSequence(Tag(4)))
                {
                    writer.WriteEncodedValue(crlIssuer.RawData);
                }
            }
        }

        return With(Oids.CrlDistributionPoints, writer.Encode());
    }

    /// <summary>Names the SHAKEN certificate policy.</summary>
    public CertificateMaker WithPolicy()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.ShakenPolicies + ".3");
        }

        return With(Oids.CertificatePolicies, writer.Encode());
    }

    /// <summary>Adds any extension.</summary>
    /// <param name="oid">Its identifier.</param>
    /// <param name="value">Its value, DER.</param>
    /// <param name="critical">Whether who does not understand it must refuse.</param>
    public CertificateMaker With(string oid, byte[] value, bool critical = false)
    {
        _request.CertificateExtensions.Add(new X509Extension(oid, value, critical));
        return this;
    }

    /// <summary>Issues it by itself: a root.</summary>
    public X509Certificate2 SelfSign() => _request.CreateSelfSigned(NotBefore, NotAfter);

    /// <summary>Issues it by an authority.</summary>
    /// <param name="issuer">The authority's certificate.</param>
    /// <param name="issuerKey">The authority's key.</param>
    public X509Certificate2 Issue(X509Certificate2 issuer, ECDsa issuerKey)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        if (issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            _request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier)
            );
        }

        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] = (byte)(0x40 | (serial[0] & 0x3F));
        return _request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            NotBefore,
            NotAfter,
            serial
        );
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
