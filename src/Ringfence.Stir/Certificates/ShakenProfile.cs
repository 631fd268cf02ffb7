using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>Where a certificate departs from the SHAKEN end-entity profile (ATIS-1000080 §6.4.1).</summary>
internal static class ShakenProfile
{
    private static readonly string[] Known =
    [
        Oids.TnAuthList,
        Oids.JwtClaimConstraints,
        Oids.EnhancedJwtClaimConstraints,
        Oids.SubjectKeyIdentifier,
        Oids.AuthorityKeyIdentifier,
        Oids.KeyUsage,
        Oids.BasicConstraints,
        Oids.CrlDistributionPoints,
        Oids.CertificatePolicies,
    ];

    public static IReadOnlyList<ProfilePoint> Departures(X509Certificate2 certificate, TnAuthList? numbers)
    {
        (ProfilePoint Point, bool Follows)[] points =
        [
            (ProfilePoint.CommonName, HasCommonName(certificate, numbers)),
            (ProfilePoint.Subject, Has(certificate, Oids.Country) && Has(certificate, Oids.Organization)),
            (
                ProfilePoint.BasicConstraints,
                Find<X509BasicConstraintsExtension>(certificate) is { Critical: true, CertificateAuthority: false }
            ),
            (
                ProfilePoint.KeyUsage,
                Find<X509KeyUsageExtension>(certificate)
                    is { Critical: true, KeyUsages: X509KeyUsageFlags.DigitalSignature }
            ),
            (ProfilePoint.SubjectKeyIdentifier, Find<X509SubjectKeyIdentifierExtension>(certificate) is not null),
            (ProfilePoint.AuthorityKeyIdentifier, Find<X509AuthorityKeyIdentifierExtension>(certificate) is not null),
            (ProfilePoint.DistributionPoint, HasDistributionPoint(certificate)),
            (ProfilePoint.Policy, HasPolicy(certificate)),
            (ProfilePoint.TnAuthList, IsOneCode(numbers)),
            (ProfilePoint.SerialNumber, IsLongPositive(certificate)),
            (ProfilePoint.Extensions, certificate.Extensions.All(IsExpected)),
        ];
        return [.. points.Where(point => !point.Follows).Select(point => point.Point)];
    }

    private static T? Find<T>(X509Certificate2 certificate)
        where T : X509Extension => certificate.Extensions.OfType<T>().FirstOrDefault();

    private static string? Value(X509Certificate2 certificate, string type) =>
        certificate
            .SubjectName.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(name => !name.HasMultipleElements && name.GetSingleElementType().Value == type)
            ?.GetSingleElementValue();

    private static bool Has(X509Certificate2 certificate, string type) => Value(certificate, type)?.Length > 0;

    private static bool HasCommonName(X509Certificate2 certificate, TnAuthList? numbers) =>
        numbers is { ServiceProviderCodes: [var code, ..] } && Value(certificate, Oids.CommonName) == "SHAKEN " + code;

    private static bool IsOneCode(TnAuthList? numbers) =>
        numbers is { ServiceProviderCodes: [{ Length: 4 } code], Numbers.Count: 0 }
        && code.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter));

    private static bool IsLongPositive(X509Certificate2 certificate)
    {
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true);
        return serial.Sign > 0 && certificate.SerialNumberBytes.Length >= 8;
    }

    private static bool IsExpected(X509Extension extension) =>
        Known.Contains(extension.Oid?.Value)
        && (!extension.Critical || extension.Oid?.Value is Oids.BasicConstraints or Oids.KeyUsage);

    private static bool HasDistributionPoint(X509Certificate2 certificate) =>
        Raw(certificate, Oids.CrlDistributionPoints) is { } raw
        && DistributionPoint.Read(raw) is [{ HasCrlIssuer: true, Url: { } url }]
        && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static bool HasPolicy(X509Certificate2 certificate)
    {
        if (Raw(certificate, Oids.CertificatePolicies) is not { } raw)
        {
            return false;
        }

        AsnReader policies = new AsnReader(raw, AsnEncodingRules.DER).ReadSequence();
        string policy = policies.ReadSequence().ReadObjectIdentifier();
        return !policies.HasData && policy.StartsWith(Oids.ShakenPolicies + ".", StringComparison.Ordinal);
    }

    private static byte[]? Raw(X509Certificate2 certificate, string oid) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == oid)?.RawData;
}
