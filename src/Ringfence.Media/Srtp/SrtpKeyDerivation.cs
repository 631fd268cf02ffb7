using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Media.Srtp;

/// <summary>AES counter mode, and the derivation of session keys that is made of it (RFC 3711 sections 4.1.1 and 4.3).</summary>
internal static class SrtpKeyDerivation
{
    public const byte EncryptionKey = 0;
    public const byte AuthenticationKey = 1;
    public const byte EncryptionSalt = 2;
    public const byte ControlEncryptionKey = 3;
    public const byte ControlAuthenticationKey = 4;
    public const byte ControlEncryptionSalt = 5;

    private const int BlockLength = 16;
    private const int BlocksAtOnce = 16;

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
        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        ApplyKeystream(aes, counter, key);
        return key;
    }

    /// <summary>Adds the keystream that begins at a counter block to octets.</summary>
    public static void ApplyKeystream(Aes aes, Span<byte> counter, Span<byte> octets)
    {
        Span<byte> blocks = stackalloc byte[BlockLength * BlocksAtOnce];
        var low = BinaryPrimitives.ReadUInt16BigEndian(counter[14..]);
        while (!octets.IsEmpty)
        {
            var count = Math.Min(BlocksAtOnce, (octets.Length + BlockLength - 1) / BlockLength);
            var stream = blocks[..(count * BlockLength)];
            for (var i = 0; i < count; i++)
            {
                counter.CopyTo(stream[(i * BlockLength)..]);
                BinaryPrimitives.WriteUInt16BigEndian(stream[(i * BlockLength + 14)..], low++);
            }
            aes.EncryptEcb(stream, stream, PaddingMode.None);
            var length = Math.Min(stream.Length, octets.Length);
            for (var i = 0; i < length; i++)
            {
                octets[i] ^= stream[i];
            }
            octets = octets[length..];
        }
    }
}
