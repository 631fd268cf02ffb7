using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Authentication;

/// <summary>What a web server answers at "x5u": the chain of the key in use (RFC 9060 §7).</summary>
/// <param name="Content">PEM, signer first.</param>
/// <param name="CacheControl">How long verifiers may keep it: at most a day, and not past its end.</param>
/// <param name="ETag">Changes with the chain.</param>
public sealed record CertificatePublication(ReadOnlyMemory<byte> Content, string CacheControl, string ETag)
{
    /// <summary>The content's type (RFC 8555 §9.1).</summary>
    public const string ContentType = "application/pem-certificate-chain";

    /// <summary>The publication of a key's chain.</summary>
    /// <param name="key">The key in use.</param>
    /// <param name="now">Now.</param>
    public static CertificatePublication Of(SigningKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] content = Encoding.ASCII.GetBytes(PemChain.Write(key.Chain));
        TimeSpan left = key.Chain.Min(certificate => certificate.NotAfter) - now;
        long seconds = (long)Math.Clamp(left.TotalSeconds, 0, 86_400);
        return new CertificatePublication(
            content,
            $"public, max-age={seconds}",
            $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\""
        );
    }

    /// <summary>Whether what a verifier gets at "x5u" is the certificate of the key in use: seen from outside, by a fetch.</summary>
    /// <param name="key">The key in use.</param>
    /// <param name="source">A source that fetches as verifiers do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>A fault of the fetch; <see cref="Fault.SignatureInvalid"/> when another key is published; or none.</returns>
    public static async Task<Fault> CheckAsync(
        SigningKey key,
        ICertificateSource source,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(source);
        Fault url = source.CheckUrl(key.X5u);
        if (url != Fault.None)
        {
            return url;
        }

        CertificateLookup lookup = await source.GetAsync(key.X5u, cancellation).ConfigureAwait(false);
        if (lookup.Fault != Fault.None)
        {
            return lookup.Fault;
        }

        return lookup.Path!.Leaf.KeyHash.AsSpan().SequenceEqual(key.Certificate.KeyHash)
            ? Fault.None
            : Fault.SignatureInvalid;
    }
}
