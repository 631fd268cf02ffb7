namespace Ringfence.Diagnosis.Identities;

/// <summary>What became of checking the signature of the contact card in a 608 (RFC 8688 §3.2).</summary>
internal enum CardCheck
{
    /// <summary>There is no card here, or no certificate for it is at hand.</summary>
    NotChecked,

    /// <summary>The signature is right, and so is the certificate.</summary>
    Holds,

    /// <summary>The signature is not that of the certificate, or not of ES256.</summary>
    WrongSignature,

    /// <summary>The certificate is not valid at that time, or not trusted.</summary>
    WrongCertificate,
}
