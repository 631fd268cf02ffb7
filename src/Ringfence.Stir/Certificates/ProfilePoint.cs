namespace Ringfence.Stir.Certificates;

/// <summary>A point of the SHAKEN end-entity certificate profile (ATIS-1000080 §6.4.1).</summary>
public enum ProfilePoint : byte
{
    /// <summary>The subject's common name is "SHAKEN", a space and the service provider code.</summary>
    CommonName,

    /// <summary>The subject has a country and an organization.</summary>
    Subject,

    /// <summary>Basic constraints are present, critical, and say that this is no CA.</summary>
    BasicConstraints,

    /// <summary>Key usage is present, critical, and digitalSignature alone.</summary>
    KeyUsage,

    /// <summary>The subject key identifier is present.</summary>
    SubjectKeyIdentifier,

    /// <summary>The authority key identifier is present.</summary>
    AuthorityKeyIdentifier,

    /// <summary>There is exactly one CRL distribution point, with an http URL and the CRL's issuer.</summary>
    DistributionPoint,

    /// <summary>There is one certificate policy, and it is a SHAKEN policy.</summary>
    Policy,

    /// <summary>The TNAuthList is exactly one service provider code of four capitals or digits.</summary>
    TnAuthList,

    /// <summary>The serial number is positive and has at least 64 bits.</summary>
    SerialNumber,

    /// <summary>There are no other extensions, and no other is critical.</summary>
    Extensions,
}
