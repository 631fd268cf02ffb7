using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>A certificate of an STI hierarchy, read once and kept: authority, constraints, profile and key (RFC 8226, RFC 9060, RFC 9118).</summary>
public sealed class StirCertificate
{
    // One key object is not to be used by two threads at once, and importing one costs as much as a verification: a bag gives each thread
    // back its own.
    private readonly ConcurrentBag<ECDsa> _keys = [];
    private readonly byte[] _publicKey;

    private StirCertificate(X509Certificate2 certificate, byte[] publicKey, string? curve)
    {
        Certificate = certificate;
        _publicKey = publicKey;
        Curve = curve;
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        SubjectKeyIdentifier = certificate
            .Extensions.OfType<X509SubjectKeyIdentifierExtension>()
            .FirstOrDefault()
            ?.SubjectKeyIdentifier;
        AuthorityKeyIdentifier = certificate
            .Extensions.OfType<X509AuthorityKeyIdentifierExtension>()
            .FirstOrDefault()
            ?.KeyIdentifier
            is { } id
            ? Convert.ToHexString(id.Span)
            : null;
        KeyHash = SHA256.HashData(publicKey);
        IsAuthority =
            certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault()
                is { CertificateAuthority: true };
        KeyUsage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
    }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Start of its validity.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>End of its validity.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Numbers under its authority, or null when it names none.</summary>
    public TnAuthList? TnAuthList { get; private init; }

    /// <summary>Claims that it constrains, or null.</summary>
    public JwtClaimConstraints? Constraints { get; private init; }

    /// <summary>Departures from the SHAKEN profile.</summary>
    public IReadOnlyList<ProfilePoint> Departures { get; private init; } = [];

    /// <summary>Where its revocation list lies, or null.</summary>
    public string? RevocationListUrl { get; private init; }

    /// <summary>Who signs, for people and statistics: the service provider code, else the first number, else the subject.</summary>
    public string Signer =>
        TnAuthList switch
        {
            { ServiceProviderCodes: [var code, ..] } => code,
            { Numbers: [var range, ..] } => range.Start,
            _ => Certificate.Subject,
        };

    internal Fault AuthorityFault { get; private init; }

    internal Fault ConstraintFault { get; private init; }

    internal string? Curve { get; }

    internal string? SubjectKeyIdentifier { get; }

    internal string? AuthorityKeyIdentifier { get; }

    /// <summary>SHA-256 of the public key: the signer in the replay cache.</summary>
    internal byte[] KeyHash { get; }

    internal bool IsAuthority { get; }

    /// <summary>What the key may be used for; null without the extension, which permits all (RFC 5280 §4.2.1.3).</summary>
    internal X509KeyUsageFlags? KeyUsage { get; }

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">DER of the certificate.</param>
    /// <param name="certificate">The certificate, when it can be read.</param>
    public static bool TryRead(ReadOnlySpan<byte> der, out StirCertificate? certificate)
    {
        // The framework knows malformed certificates only as exceptions; they end here. This is met once per download, not per call.
        try
        {
            certificate = Read(X509CertificateLoader.LoadCertificate(der));
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or AsnContentException)
        {
            certificate = null;
            return false;
        }
    }

    /// <summary>Whether the signature is this certificate's (RFC 7518 §3.4).</summary>
    /// <param name="signed">The octets signed.</param>
    /// <param name="signature">64 octets r and s.</param>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (!_keys.TryTake(out ECDsa? key))
        {
            key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(_publicKey, out _);
        }

        bool holds = key.VerifyData(
            signed,
            signature,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        _keys.Add(key);
        return holds;
    }

    /// <summary>Whether a private key belongs to this certificate.</summary>
    /// <param name="key">The key to sign with.</param>
    public bool Matches(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_publicKey);
    }

    internal static StirCertificate Read(X509Certificate2 certificate)
    {
        string? curve = certificate.PublicKey.Oid.Value == "1.2.840.10045.2.1" ? CurveOf(certificate) : null;
        TnAuthList? numbers = null;
        bool numbersUnreadable =
            Raw(certificate, Oids.TnAuthList) is { } list && !Certificates.TnAuthList.TryRead(list, out numbers);
        Fault constraintFault = ReadConstraints(certificate, out JwtClaimConstraints? constraints);
        byte[]? points = Raw(certificate, Oids.CrlDistributionPoints);
        return new StirCertificate(certificate, certificate.PublicKey.ExportSubjectPublicKeyInfo(), curve)
        {
            TnAuthList = numbers,
            AuthorityFault =
                numbersUnreadable ? Fault.TnAuthListMalformed
                : numbers is null ? Fault.TnAuthListMissing
                : Fault.None,
            Constraints = constraints,
            ConstraintFault = constraintFault,
            Departures = ShakenProfile.Departures(certificate, numbers),
            RevocationListUrl = points is null ? null : DistributionPoint.Read(points).FirstOrDefault().Url,
        };
    }

    private static Fault ReadConstraints(X509Certificate2 certificate, out JwtClaimConstraints? constraints)
    {
        constraints = null;
        byte[]? plain = Raw(certificate, Oids.JwtClaimConstraints);
        byte[]? enhanced = Raw(certificate, Oids.EnhancedJwtClaimConstraints);
        if (plain is not null && enhanced is not null)
        {
            return Fault.ConstraintsTwice;
        }

        byte[]? either = enhanced ?? plain;
        return either is null || JwtClaimConstraints.TryRead(either, enhanced is not null, out constraints)
            ? Fault.None
            : Fault.ConstraintsMalformed;
    }

    private static string CurveOf(X509Certificate2 certificate) =>
        new AsnReader(certificate.PublicKey.EncodedParameters!.RawData, AsnEncodingRules.DER).ReadObjectIdentifier();

    private static byte[]? Raw(X509Certificate2 certificate, string oid) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == oid)?.RawData;
}
