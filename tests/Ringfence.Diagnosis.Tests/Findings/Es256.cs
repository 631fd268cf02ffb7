using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>
/// ES256 that signs the same bytes alike every time: the number that ECDSA draws is made from key and message, in the spirit of RFC 6979, so that
/// captures with signatures come out byte for byte.
/// </summary>
internal static class Es256
{
    private const int Size = 32;

    // The order of P-256 (SEC 2 §2.4.2).
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture
    );

    /// <summary>r‖s, as JWS has it (RFC 7518 §3.4).</summary>
    public static byte[] Sign(ECDsa key, byte[] input)
    {
        var secret = key.ExportParameters(true).D!;
        var digest = SHA256.HashData(input);
        var drawn = HMACSHA256.HashData(secret, digest);
        var nonce = (Number(drawn) % (Order - 1)) + 1;
        var r = Number(Point(Bytes(nonce))) % Order;
        var s = BigInteger.ModPow(nonce, Order - 2, Order) * (Number(digest) + (r * Number(secret))) % Order;
        return [.. Bytes(r), .. Bytes(s)];
    }

    // The first coordinate of the generator taken this many times: the public key to a private one.
    private static byte[] Point(byte[] times)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = times });
        return key.ExportParameters(false).Q.X!;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Size - bytes.Length], .. bytes];
    }
}
