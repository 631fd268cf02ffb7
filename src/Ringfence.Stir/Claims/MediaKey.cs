using System.Globalization;

namespace Ringfence.Stir.Claims;

/// <summary>A fingerprint of the media's key in "mky" (RFC 8225 §5.2.2).</summary>
/// <param name="Algorithm">The hash, such as sha-256.</param>
/// <param name="Digest">Hexadecimal digits in upper case without colons.</param>
public readonly record struct MediaKey(string Algorithm, string Digest)
{
    /// <summary>The keys of an offer, sorted as RFC 8225 §5.2.2 has them.</summary>
    /// <param name="fingerprints">Values of "a=fingerprint" lines: hash, space, octets with colons (RFC 8122 §5).</param>
    /// <returns>Distinct keys; a value without a space is left out.</returns>
    public static IReadOnlyList<MediaKey> FromFingerprints(IEnumerable<string> fingerprints)
    {
        ArgumentNullException.ThrowIfNull(fingerprints);
        return
        [
            .. fingerprints
                .Select(line =>
                    line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                )
                .Where(parts => parts.Length == 2)
                .Select(parts => new MediaKey(
                    parts[0].ToLower(CultureInfo.InvariantCulture),
                    parts[1].Replace(":", "", StringComparison.Ordinal).ToUpperInvariant()
                ))
                .Distinct()
                .OrderBy(key => key.Algorithm + key.Digest, StringComparer.Ordinal),
        ];
    }
}
