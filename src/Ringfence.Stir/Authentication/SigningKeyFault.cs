namespace Ringfence.Stir.Authentication;

/// <summary>Why a key and certificate cannot sign.</summary>
public enum SigningKeyFault : byte
{
    /// <summary>They can.</summary>
    None,

    /// <summary>A file cannot be read.</summary>
    FileUnreadable,

    /// <summary>The certificate's file holds no readable chain.</summary>
    CertificateUnreadable,

    /// <summary>The key's file holds no readable private key.</summary>
    KeyUnreadable,

    /// <summary>The key is not of curve P-256.</summary>
    KeyCurve,

    /// <summary>The certificate certifies another key.</summary>
    KeyMismatch,

    /// <summary>The certificate's file, which is published, holds a private key.</summary>
    KeyInCertificateFile,

    /// <summary>Others than the owner may read the key's file.</summary>
    KeyFileOpen,

    /// <summary>The certificate has expired or is not yet valid.</summary>
    NotInValidity,
}
