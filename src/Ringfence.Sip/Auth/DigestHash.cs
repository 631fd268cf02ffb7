using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Sip.Auth;

/// <summary>The hashes of a digest, as lower-case hexadecimal digits (RFC 7616 §3.4, RFC 8760 §2.2).</summary>
internal static class DigestHash
{
    internal const int MostHex = 64;

    /// <summary>H(data); returns the part of <paramref name="hex"/> that holds it.</summary>
    internal static ReadOnlySpan<byte> Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[DigestAlgorithms.HexLength(algorithm) / 2];
        switch (algorithm)
        {
            case DigestAlgorithm.Md5:
#pragma warning disable CA5351 // RFC 8760 §2.1 keeps MD5 for those that have nothing else; options leave it out.
                MD5.HashData(data, hash);
#pragma warning restore CA5351
                break;
            case DigestAlgorithm.Sha256:
                SHA256.HashData(data, hash);
                break;
            default:
                Sha512Slash256.Hash(data, hash);
                break;
        }

        Convert.TryToHexStringLower(hash, hex, out int length);
        return hex[..length];
    }

    /// <summary>HA1 = H(username ":" realm ":" password).</summary>
    internal static byte[] Secret(DigestAlgorithm algorithm, string user, string realm, string password)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{user}:{realm}:{password}");
        Span<byte> hex = stackalloc byte[MostHex];
        byte[] secret = Of(algorithm, text, hex).ToArray();
        CryptographicOperations.ZeroMemory(text);
        return secret;
    }

    /// <summary>
    /// The response of RFC 7616 §3.4.1: KD(HA1, nonce ":" nc ":" cnonce ":" qop ":" H(A2)); without a qop KD(HA1, nonce ":" H(A2)).
    /// </summary>
    internal static ReadOnlySpan<byte> Response(in DigestInput input, ReadOnlySpan<byte> secret, Span<byte> hex)
    {
        Span<byte> inner = stackalloc byte[MostHex];
        bool isIntegrity = input.Qop.SequenceEqual("auth-int"u8);
        ReadOnlySpan<byte> body = isIntegrity ? Of(input.Algorithm, input.Body, inner) : default;
        int most = secret.Length + input.Longest + (2 * MostHex) + 8;
        byte[] rented = ArrayPool<byte>.Shared.Rent(most);
        Span<byte> text = rented;

        int length = Append(text, 0, input.Method);
        length = Append(text, length, input.Uri);
        length = isIntegrity ? Append(text, length, body) : length;
        ReadOnlySpan<byte> second = Of(input.Algorithm, text[..(length - 1)], inner);

        length = Append(text, 0, secret);
        length = Append(text, length, input.Nonce);
        if (!input.Qop.IsEmpty)
        {
            length = Append(text, length, input.Count);
            length = Append(text, length, input.ClientNonce);
            length = Append(text, length, input.Qop);
        }

        length = Append(text, length, second);
        ReadOnlySpan<byte> response = Of(input.Algorithm, text[..(length - 1)], hex);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return response;
    }

    private static int Append(Span<byte> text, int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(text[length..]);
        text[length + part.Length] = (byte)':';
        return length + part.Length + 1;
    }
}
