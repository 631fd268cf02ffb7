using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>The parts of a cipher suite that reading needs.</summary>
/// <param name="Kind">How records are protected.</param>
/// <param name="KeyLength">Bytes of the cipher's key.</param>
/// <param name="Hash">The hash of the key derivation.</param>
/// <param name="Mac">The hash of the record's MAC, for suites without authenticated encryption.</param>
/// <param name="TagLength">Bytes of a record's tag, for authenticated encryption.</param>
internal readonly record struct CipherSuite(
    CipherKind Kind,
    int KeyLength,
    HashAlgorithmName Hash,
    HashAlgorithmName Mac,
    int TagLength
)
{
    private const int Tag = 16;
    private const int ShortTag = 8;

    /// <summary>The suites of TLS 1.3 (RFC 8446 §B.4).</summary>
    public static IEnumerable<CipherSuite> OfTls13 => Enumerable.Range(0x1301, 5).Select(number => Find(number)!.Value);

    /// <summary>Finds a suite by its number in the registry of TLS cipher suites.</summary>
    public static CipherSuite? Find(int number) =>
        number switch
        {
            0x1301 => Aead(CipherKind.AesGcm, 16, HashAlgorithmName.SHA256),
            0x1302 => Aead(CipherKind.AesGcm, 32, HashAlgorithmName.SHA384),
            0x1303 => Aead(CipherKind.ChaCha20Poly1305, 32, HashAlgorithmName.SHA256),
            0x1304 => Ccm(16, Tag),
            0x1305 => Ccm(16, ShortTag),
            0x009C or 0x009E or 0xC02B or 0xC02D or 0xC02F or 0xC031 => Aead(
                CipherKind.AesGcm,
                16,
                HashAlgorithmName.SHA256
            ),
            0x009D or 0x009F or 0xC02C or 0xC02E or 0xC030 or 0xC032 => Aead(
                CipherKind.AesGcm,
                32,
                HashAlgorithmName.SHA384
            ),
            0xCCA8 or 0xCCA9 or 0xCCAA => Aead(CipherKind.ChaCha20Poly1305, 32, HashAlgorithmName.SHA256),
            0xC09C or 0xC09E or 0xC0AC => Ccm(16, Tag),
            0xC09D or 0xC09F or 0xC0AD => Ccm(32, Tag),
            0xC0A0 or 0xC0A2 or 0xC0AE => Ccm(16, ShortTag),
            0xC0A1 or 0xC0A3 or 0xC0AF => Ccm(32, ShortTag),
            0x002F or 0x0033 or 0xC004 or 0xC009 or 0xC00E or 0xC013 => Cbc(16, HashAlgorithmName.SHA1),
            0x0035 or 0x0039 or 0xC005 or 0xC00A or 0xC00F or 0xC014 => Cbc(32, HashAlgorithmName.SHA1),
            0x003C or 0x0067 or 0xC023 or 0xC025 or 0xC027 or 0xC029 => Cbc(16, HashAlgorithmName.SHA256),
            0x003D or 0x006B => Cbc(32, HashAlgorithmName.SHA256),
            0xC024 or 0xC026 or 0xC028 or 0xC02A => Cbc(32, HashAlgorithmName.SHA384),
            0x0001 => Clear(HashAlgorithmName.MD5),
            0x0002 or 0xC001 or 0xC006 or 0xC00B or 0xC010 => Clear(HashAlgorithmName.SHA1),
            0x003B => Clear(HashAlgorithmName.SHA256),
            _ => null,
        };

    /// <summary>Bytes of a hash of this name.</summary>
    public static int LengthOf(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA384 ? 48
        : hash == HashAlgorithmName.SHA1 ? 20
        : hash == HashAlgorithmName.MD5 ? 16
        : 32;

    private static CipherSuite Aead(CipherKind kind, int key, HashAlgorithmName hash) =>
        new(kind, key, hash, default, Tag);

    private static CipherSuite Ccm(int key, int tag) =>
        new(CipherKind.AesCcm, key, HashAlgorithmName.SHA256, default, tag);

    // The derivation of TLS 1.2 uses SHA-256 at least (RFC 5246 §5).
    private static CipherSuite Cbc(int key, HashAlgorithmName mac) =>
        new(CipherKind.AesCbc, key, mac == HashAlgorithmName.SHA384 ? mac : HashAlgorithmName.SHA256, mac, 0);

    private static CipherSuite Clear(HashAlgorithmName mac) =>
        new(CipherKind.None, 0, HashAlgorithmName.SHA256, mac, 0);
}
