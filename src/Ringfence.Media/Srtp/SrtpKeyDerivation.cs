namespace Ringfence.Media.Srtp;

/// <summary>The derivation of session keys (RFC 3711 section 4.3).</summary>
internal static class SrtpKeyDerivation
{
    public const byte EncryptionKey = 0;
    public const byte AuthenticationKey = 1;
    public const byte EncryptionSalt = 2;
    public const byte ControlEncryptionKey = 3;
    public const byte ControlAuthenticationKey = 4;
    public const byte ControlEncryptionSalt = 5;

    private const int BlockLength = 16;

    /// <summary>A session key; the key derivation rate is 0, so that there is one for the whole session.</summary>
    /// <param name="masterKey">Master key.</param>
    /// <param name="masterSalt">Master salt; the shorter one of RFC 7714 is padded with zeros at its end.</param>
    /// <param name="label">What the key is for.</param>
    /// <param name="length">Octets wanted.</param>
    public static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        Span<byte> counter = stackalloc byte[BlockLength];
        counter.Clear();
        masterSalt.CopyTo(counter);
        // The label stands left of the 48-bit index, which ends where the 14 octets of the salt end.
        counter[7] ^= label;
        var key = new byte[length];
        using var aes = new AesCounter(masterKey);
        aes.Apply(counter, key);
        return key;
    }
}
