namespace Ringfence.Stir.Certificates;

/// <summary>Object identifiers of STI certificates and their revocation lists.</summary>
internal static class Oids
{
    public const string TnAuthList = "1.3.6.1.5.5.7.1.26";
    public const string JwtClaimConstraints = "1.3.6.1.5.5.7.1.27";
    public const string EnhancedJwtClaimConstraints = "1.3.6.1.5.5.7.1.33";
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string CertificateIssuer = "2.5.29.29";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    public const string CurveP256 = "1.2.840.10045.3.1.7";
    public const string CurveP384 = "1.3.132.0.34";
    public const string CommonName = "2.5.4.3";
    public const string Organization = "2.5.4.10";
    public const string Country = "2.5.4.6";

    /// <summary>The arc of SHAKEN certificate policies (ATIS-1000080 §6.4.1).</summary>
    public const string ShakenPolicies = "2.16.840.1.114569.1.1";
}
