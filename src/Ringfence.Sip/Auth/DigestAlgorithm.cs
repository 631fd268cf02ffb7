namespace Ringfence.Sip.Auth;

/// <summary>The hash of a digest, weakest first (RFC 8760 §2.1). The session variants are not offered and not answered.</summary>
public enum DigestAlgorithm : byte
{
    /// <summary>MD5, for those that have nothing else (RFC 8760 §3).</summary>
    Md5,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512/256: not SHA-512 cut short, but with its own beginning (FIPS 180-4 §5.3.6).</summary>
    Sha512Slash256,
}
