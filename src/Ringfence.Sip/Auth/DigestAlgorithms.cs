using System.Text;

namespace Ringfence.Sip.Auth;

/// <summary>The algorithms by their tokens (RFC 8760 §2.7).</summary>
internal static class DigestAlgorithms
{
    internal const int Count = 3;

    internal static ReadOnlySpan<byte> Token(DigestAlgorithm algorithm) =>
        algorithm switch
        {
            DigestAlgorithm.Md5 => "MD5"u8,
            DigestAlgorithm.Sha256 => "SHA-256"u8,
            _ => "SHA-512-256"u8,
        };

    /// <summary>Digits of a hash in hexadecimal.</summary>
    internal static int HexLength(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? 32 : 64;

    /// <summary>Reads the algorithm parameter; without one it is MD5 (RFC 3261 §22.4). False for any other.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> token, out DigestAlgorithm algorithm)
    {
        for (algorithm = DigestAlgorithm.Md5; algorithm <= DigestAlgorithm.Sha512Slash256; algorithm++)
        {
            if (Ascii.EqualsIgnoreCase(token, Token(algorithm)))
            {
                return true;
            }
        }

        algorithm = DigestAlgorithm.Md5;
        return token.IsEmpty;
    }
}
