namespace Ringfence.Stir.Fetching;

/// <summary>Where verification gets certificates from.</summary>
public interface ICertificateSource
{
    /// <summary>Whether a URL may be fetched, without doing so.</summary>
    /// <param name="x5u">The URL of the token.</param>
    Verification.Fault CheckUrl(string x5u);

    /// <summary>Looks without I/O.</summary>
    /// <param name="x5u">The URL of the token.</param>
    /// <param name="lookup">What is known of it, a failure included.</param>
    /// <returns>False when only a fetch can tell.</returns>
    bool TryGet(string x5u, out CertificateLookup lookup);

    /// <summary>Looks, and fetches where needed; many callers of one URL share one fetch.</summary>
    /// <param name="x5u">The URL of the token, which passed <see cref="CheckUrl"/>.</param>
    /// <param name="cancellation">Ends the wait, not the fetch.</param>
    Task<CertificateLookup> GetAsync(string x5u, CancellationToken cancellation);
}
