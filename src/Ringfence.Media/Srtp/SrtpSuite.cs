namespace Ringfence.Media.Srtp;

/// <summary>A crypto suite of SRTP as SDP names it.</summary>
/// <param name="Name">Name in <c>a=crypto</c> (RFC 4568 section 6.2, RFC 7714 section 14.2).</param>
/// <param name="KeyLength">Octets of master key and session key.</param>
/// <param name="SaltLength">Octets of master salt and session salt.</param>
/// <param name="TagLength">Octets of the authentication tag.</param>
/// <param name="IsAead">Whether it is AES-GCM; otherwise AES counter mode and HMAC-SHA1.</param>
public sealed record SrtpSuite(string Name, int KeyLength, int SaltLength, int TagLength, bool IsAead)
{
    /// <summary>AES counter mode, 80-bit tag: what every SRTP peer has.</summary>
    public static SrtpSuite AesCm128Sha180 { get; } = new("AES_CM_128_HMAC_SHA1_80", 16, 14, 10, false);

    /// <summary>AES counter mode, 32-bit tag.</summary>
    public static SrtpSuite AesCm128Sha132 { get; } = new("AES_CM_128_HMAC_SHA1_32", 16, 14, 4, false);

    /// <summary>AES-GCM with 128 bits (RFC 7714).</summary>
    public static SrtpSuite AeadAes128Gcm { get; } = new("AEAD_AES_128_GCM", 16, 12, 16, true);

    /// <summary>AES-GCM with 256 bits (RFC 7714).</summary>
    public static SrtpSuite AeadAes256Gcm { get; } = new("AEAD_AES_256_GCM", 32, 12, 16, true);

    /// <summary>All suites, best first.</summary>
    public static IReadOnlyList<SrtpSuite> All { get; } =
    [AeadAes256Gcm, AeadAes128Gcm, AesCm128Sha180, AesCm128Sha132];

    /// <summary>The suite of this name, or null.</summary>
    public static SrtpSuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);
}
