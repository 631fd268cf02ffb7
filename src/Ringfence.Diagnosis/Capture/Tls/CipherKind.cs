namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>How records are protected.</summary>
internal enum CipherKind
{
    /// <summary>AES in Galois/counter mode (RFC 5288).</summary>
    AesGcm,

    /// <summary>AES in counter mode with CBC-MAC (RFC 6655).</summary>
    AesCcm,

    /// <summary>AES in cipher block chaining with an HMAC (RFC 5246 §6.2.3.2).</summary>
    AesCbc,

    /// <summary>ChaCha20 with Poly1305 (RFC 7905).</summary>
    ChaCha20Poly1305,

    /// <summary>No encryption, a MAC alone (RFC 5246 §6.2.3.1).</summary>
    None,
}
