using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>
/// Fetches a document from where somebody else says that it lies, by the rules of "x5u": https, public addresses only, no
/// redirects, bounded in size, time and number.
/// </summary>
public sealed class GuardedFetch : IDisposable
{
    private readonly FetchOptions _options;
    private readonly DocumentFetcher _fetcher;
    private readonly HostRateLimit _hosts;

    /// <summary>Makes one.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    public GuardedFetch(FetchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _fetcher = new DocumentFetcher(options, time);
        _hosts = new HostRateLimit(options, time);
    }

    /// <summary>Fetches a document.</summary>
    /// <param name="address">Where it lies.</param>
    /// <returns>Why there is none, or <see cref="Fault.None"/>, and its octets.</returns>
    public async Task<(Fault Fault, byte[] Content)> FetchAsync(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Fault fault = CertificateUrl.Check(address, _options, out Uri? url);
        fault = fault == Fault.None && !_hosts.TryTake(url!.Host) ? Fault.FetchRateLimited : fault;
        if (fault != Fault.None)
        {
            return (fault, []);
        }

        FetchedDocument document = await _fetcher.FetchAsync(url!).ConfigureAwait(false);
        return (document.Fault, document.Content);
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();
}
