namespace Ringfence.Media.Srtp;

/// <summary>The derivation of session keys (RFC 3711 section 4.3).</summary>
internal static class SrtpKeyDerivation
{
    public const byte EncryptionKey = 0;
    public const byte AuthenticationKey = 1;
    public const byte EncryptionSalt = 2;

    /// <summary>What is added to these where they are for reports.</summary>
    public const byte ForReports = 3;

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
