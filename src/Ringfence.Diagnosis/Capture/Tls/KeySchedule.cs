using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>Key derivation of TLS 1.0 and 1.1 (RFC 2246 §5), TLS 1.2 (RFC 5246 §5) and TLS 1.3 (RFC 8446 §7.1).</summary>
internal static class KeySchedule
{
    /// <summary>The pseudorandom function of TLS 1.2.</summary>
    public static byte[] Prf(HashAlgorithmName hash, byte[] secret, string label, ReadOnlySpan<byte> seed, int length)
    {
        var labelled = Concat(Encoding.ASCII.GetBytes(label), seed);
        var result = new byte[length];
        var a = labelled;
        for (var at = 0; at < length; )
        {
            a = CryptographicOperations.HmacData(hash, secret, a);
            var block = CryptographicOperations.HmacData(hash, secret, Concat(a, labelled));
            var count = Math.Min(block.Length, length - at);
            block.AsSpan(0, count).CopyTo(result.AsSpan(at));
            at += count;
        }

        return result;
    }

    /// <summary>The pseudorandom function before TLS 1.2: MD5 over one half of the secret, SHA-1 over the other.</summary>
    public static byte[] OldPrf(byte[] secret, string label, ReadOnlySpan<byte> seed, int length)
    {
        var half = (secret.Length + 1) / 2;
        var result = Prf(HashAlgorithmName.MD5, secret[..half], label, seed, length);
        var other = Prf(HashAlgorithmName.SHA1, secret[^half..], label, seed, length);
        for (var i = 0; i < length; i++)
        {
            result[i] ^= other[i];
        }

        return result;
    }

    /// <summary>HKDF-Expand-Label of TLS 1.3 with an empty context.</summary>
    public static byte[] ExpandLabel(HashAlgorithmName hash, byte[] secret, string label, int length)
    {
        var full = "tls13 " + label;
        var info = new byte[4 + full.Length];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)length);
        info[2] = (byte)full.Length;
        Encoding.ASCII.GetBytes(full, info.AsSpan(3));
        return HKDF.Expand(hash, secret, length, info);
    }

    private static byte[] Concat(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var joined = new byte[left.Length + right.Length];
        left.CopyTo(joined);
        right.CopyTo(joined.AsSpan(left.Length));
        return joined;
    }
}
