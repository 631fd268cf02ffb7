using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>Fetches revocation lists from configured places in the background, never because of a certificate that a caller showed.</summary>
public sealed class RevocationRefresh : IDisposable
{
    private readonly RevocationLists _lists;
    private readonly DocumentFetcher _fetcher;
    private readonly DocumentStore _store;
    private readonly TimeProvider _time;

    /// <summary>Makes the refresher.</summary>
    /// <param name="lists">The lists to keep.</param>
    /// <param name="options">Limits of fetching; a list is larger than a certificate. In its folder lists outlive the process.</param>
    /// <param name="time">The clock.</param>
    public RevocationRefresh(RevocationLists lists, FetchOptions options, TimeProvider time)
    {
        _lists = lists;
        ArgumentNullException.ThrowIfNull(options);
        _fetcher = new DocumentFetcher(options, time);
        _store = new DocumentStore(options.DiskFolder, ".crl");
        _time = time;
    }

    /// <summary>Fetches one list.</summary>
    /// <param name="url">Where it lies; http is usual, as the list is signed.</param>
    /// <returns>Why it was not fetched; <see cref="Fault.RevocationListMissing"/> when it was and is not believed.</returns>
    public async Task<Fault> FetchAsync(Uri url)
    {
        FetchedDocument document = await _fetcher.FetchAsync(url).ConfigureAwait(false);
        if (document.Fault != Fault.None)
        {
            return document.Fault;
        }

        if (!_lists.TryAdd(document.Content))
        {
            return Fault.RevocationListMissing;
        }

        _store.Store(url.AbsoluteUri, document.Content);
        return Fault.None;
    }

    /// <summary>Takes up the lists that an earlier process fetched; they are checked as if they came anew.</summary>
    /// <param name="urls">Where they were fetched from.</param>
    /// <returns>How many are in use now.</returns>
    public int Restore(IEnumerable<Uri> urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return urls.Count(url => _store.Load(url.AbsoluteUri) is { } stored && _lists.TryAdd(stored));
    }

    /// <summary>Fetches the lists again and again until cancelled.</summary>
    /// <param name="urls">Where they lie.</param>
    /// <param name="period">How often.</param>
    /// <param name="report">Called after each attempt.</param>
    /// <param name="cancellation">Ends it, with <see cref="OperationCanceledException"/> when it comes between two attempts.</param>
    public async Task RunAsync(
        IReadOnlyList<Uri> urls,
        TimeSpan period,
        Action<Uri, Fault> report,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(report);
        using var timer = new PeriodicTimer(period, _time);
        do
        {
            foreach (Uri url in urls)
            {
                report(url, await FetchAsync(url).ConfigureAwait(false));
            }
        } while (
            !cancellation.IsCancellationRequested
            && await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false)
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();
}
