using System.Numerics;
using System.Security.Cryptography;

namespace Ringfence.Stir.Tests;

/// <summary>ES256 by RFC 6979: the same key and message give the same bytes. Slow and not in constant time: for vectors only.</summary>
internal static class DeterministicEcdsa
{
    private static readonly BigInteger P = Hex("0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger N = Hex("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly (BigInteger X, BigInteger Y) G = (
        Hex("06B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
        Hex("04FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5")
    );

    public static byte[] Sign(byte[] privateKey, byte[] message)
    {
        byte[] hash = SHA256.HashData(message);
        BigInteger e = Unsigned(hash);
        BigInteger d = Unsigned(privateKey);
        BigInteger k = Nonce(privateKey, Octets(e % N));
        BigInteger r = Multiply(k, G).X % N;
        BigInteger s = BigInteger.ModPow(k, N - 2, N) * (e + r * d) % N;
        return [.. Octets(r), .. Octets(s)];
    }

    /// <summary>The other signature that holds for the same message: r and n - s.</summary>
    public static byte[] Negate(byte[] signature) => [.. signature[..32], .. Octets(N - Unsigned(signature[32..]))];

    /// <summary>RFC 6979 §3.2, of which the first k is in range with all but certainty.</summary>
    private static BigInteger Nonce(byte[] x, byte[] h1)
    {
        byte[] v = [.. Enumerable.Repeat((byte)1, 32)];
        var k = new byte[32];
        foreach (byte separator in new byte[] { 0, 1 })
        {
            k = HMACSHA256.HashData(k, (byte[])[.. v, separator, .. x, .. h1]);
            v = HMACSHA256.HashData(k, v);
        }

        while (true)
        {
            v = HMACSHA256.HashData(k, v);
            BigInteger candidate = Unsigned(v);
            if (candidate > 0 && candidate < N)
            {
                return candidate;
            }

            k = HMACSHA256.HashData(k, (byte[])[.. v, 0]);
            v = HMACSHA256.HashData(k, v);
        }
    }

    private static (BigInteger X, BigInteger Y) Multiply(BigInteger k, (BigInteger X, BigInteger Y) point)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        for (; k > 0; k >>= 1)
        {
            sum =
                k.IsEven ? sum
                : sum is { } s ? Add(s, point)
                : point;
            point = Add(point, point);
        }

        return sum!.Value;
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        BigInteger slope = a == b ? (3 * a.X * a.X - 3) * Inverse(2 * a.Y) : (b.Y - a.Y) * Inverse(b.X - a.X);
        BigInteger x = Modulo(slope * slope - a.X - b.X);
        return (x, Modulo(slope * (a.X - x) - a.Y));
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Modulo(value), P - 2, P);

    private static BigInteger Modulo(BigInteger value) => ((value % P) + P) % P;

    private static BigInteger Unsigned(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string hex) =>
        BigInteger.Parse(hex, System.Globalization.NumberStyles.HexNumber, null);

    private static byte[] Octets(BigInteger value)
    {
        byte[] octets = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - octets.Length], .. octets];
    }
}
