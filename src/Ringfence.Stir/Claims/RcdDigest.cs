using System.Security.Cryptography;

namespace Ringfence.Stir.Claims;

/// <summary>A digest of "rcdi": hash name, dash, base64 (RFC 9795).</summary>
public static class RcdDigest
{
    /// <summary>The digest of a content: an icon, a jCard as fetched, or a value's JSON.</summary>
    /// <param name="content">The octets covered.</param>
    /// <returns>"sha256-" and 43 characters of base64 without padding.</returns>
    public static string Of(ReadOnlySpan<byte> content) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(content)).TrimEnd('=');

    /// <summary>Whether the content is what the digest says.</summary>
    /// <param name="digest">A value of "rcdi".</param>
    /// <param name="content">The octets covered.</param>
    public static bool Matches(string digest, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(digest);
        byte[]? computed = digest.Split('-', 2)[0] switch
        {
            "sha256" => SHA256.HashData(content),
            "sha384" => SHA384.HashData(content),
            "sha512" => SHA512.HashData(content),
            _ => null,
        };
        return computed is not null
            && string.Equals(
                digest[(digest.IndexOf('-', StringComparison.Ordinal) + 1)..].TrimEnd('='),
                Convert.ToBase64String(computed).TrimEnd('='),
                StringComparison.Ordinal
            );
    }

    internal static bool IsWellFormed(string digest)
    {
        string[] parts = digest.Split('-', 2);
        int octets = parts[0] switch
        {
            "sha256" => 32,
            "sha384" => 48,
            "sha512" => 64,
            _ => 0,
        };
        return octets > 0 && parts.Length == 2 && parts[1].TrimEnd('=').Length == (octets * 8 + 5) / 6;
    }
}
