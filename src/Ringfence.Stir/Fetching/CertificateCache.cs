using System.Collections.Concurrent;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>
/// Certificates by their "x5u": parsed, their path checked, kept as long as their host lets them and never past their validity.
/// Failures are kept too, for a short time. Safe for any number of threads; looking takes no lock.
/// </summary>
public sealed class CertificateCache : ICertificateSource, IDisposable
{
    private readonly ConcurrentDictionary<string, CachedCertificate> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<CertificateLookup>>> _underWay = new(
        StringComparer.Ordinal
    );
    private readonly FetchOptions _options;
    private readonly PathValidator _paths;
    private readonly TimeProvider _time;
    private readonly DocumentFetcher _fetcher;
    private readonly HostRateLimit _hosts;
    private readonly DiskCache? _disk;
    private long _fetches;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="paths">Checks what is fetched.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    public CertificateCache(PathValidator paths, FetchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _paths = paths;
        _options = options;
        _time = time;
        _fetcher = new DocumentFetcher(options, time);
        _hosts = new HostRateLimit(options, time);
        _disk = options.DiskFolder is { } folder ? new DiskCache(folder) : null;
    }

    /// <summary>How many documents were fetched.</summary>
    public long Fetches => Volatile.Read(ref _fetches);

    /// <summary>The certificates at hand, for alarms on their expiry and for statistics.</summary>
    public IEnumerable<CertificatePath> Paths => _entries.Values.Select(entry => entry.Path).OfType<CertificatePath>();

    /// <inheritdoc/>
    public Fault CheckUrl(string x5u)
    {
        ArgumentNullException.ThrowIfNull(x5u);
        return _entries.ContainsKey(x5u) ? Fault.None : CertificateUrl.Check(x5u, _options, out _);
    }

    /// <inheritdoc/>
    public bool TryGet(string x5u, out CertificateLookup lookup)
    {
        lookup = default;
        if (!_entries.TryGetValue(x5u, out CachedCertificate? entry) || _time.GetUtcNow() >= entry.Expires)
        {
            return false;
        }

        if (entry.Path is { } path && path.TrustVersion != _paths.Anchors.Version)
        {
            entry = entry with { Path = _paths.Validate(path.Certificates) };
            _entries[x5u] = entry;
        }

        lookup = new CertificateLookup(entry.Fault, entry.Path);
        return true;
    }

    /// <inheritdoc/>
    public async Task<CertificateLookup> GetAsync(string x5u, CancellationToken cancellation)
    {
        if (TryGet(x5u, out CertificateLookup lookup))
        {
            return lookup;
        }

        Task<CertificateLookup> fetch = _underWay
            .GetOrAdd(x5u, url => new Lazy<Task<CertificateLookup>>(() => FetchAsync(url)))
            .Value;
        await ((Task)fetch.WaitAsync(cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return fetch.IsCompleted ? await fetch.ConfigureAwait(false) : new CertificateLookup(Fault.FetchPending, null);
    }

    /// <summary>Fetches certificates before calls need them.</summary>
    /// <param name="urls">URLs seen most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many are at hand now.</returns>
    public async Task<int> PrewarmAsync(IEnumerable<string> urls, CancellationToken cancellation)
    {
        string[] permitted = [.. urls.Where(url => CheckUrl(url) == Fault.None)];
        CertificateLookup[] all = await Task.WhenAll(permitted.Select(url => GetAsync(url, cancellation)))
            .ConfigureAwait(false);
        return all.Count(lookup => lookup.Fault == Fault.None);
    }

    /// <summary>Puts a certificate in by hand: one's own, or one that a peer handed over.</summary>
    /// <param name="x5u">Its URL.</param>
    /// <param name="pem">The chain in PEM, signer first.</param>
    /// <returns>What is wrong with the text, or none.</returns>
    public Fault Add(string x5u, ReadOnlySpan<byte> pem)
    {
        Fault fault = PemChain.Read(pem, out IReadOnlyList<StirCertificate> chain);
        if (fault == Fault.None)
        {
            Keep(x5u, Entry(chain, _time.GetUtcNow() + _options.DefaultLifetime));
        }

        return fault;
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();

    private async Task<CertificateLookup> FetchAsync(string x5u)
    {
        try
        {
            CachedCertificate entry = await FindAsync(x5u).ConfigureAwait(false);
            Keep(x5u, entry);
            return new CertificateLookup(entry.Fault, entry.Path);
        }
        finally
        {
            _underWay.TryRemove(x5u, out _);
        }
    }

    private async Task<CachedCertificate> FindAsync(string x5u)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (
            _disk?.Load(x5u, now) is { } stored
            && PemChain.Read(stored.Content, out IReadOnlyList<StirCertificate> known) == Fault.None
        )
        {
            return Entry(known, stored.Expires);
        }

        Fault fault = CertificateUrl.Check(x5u, _options, out Uri? url);
        fault = fault == Fault.None && !_hosts.TryTake(url!.Host) ? Fault.FetchRateLimited : fault;
        if (fault != Fault.None)
        {
            return Failure(fault);
        }

        Interlocked.Increment(ref _fetches);
        FetchedDocument document = await _fetcher.FetchAsync(url!).ConfigureAwait(false);
        if (document.Fault != Fault.None)
        {
            return Failure(document.Fault);
        }

        fault = PemChain.Read(document.Content, out IReadOnlyList<StirCertificate> chain);
        if (fault != Fault.None)
        {
            return Failure(fault);
        }

        CachedCertificate entry = Entry(chain, _time.GetUtcNow() + (document.Lifetime ?? _options.DefaultLifetime));
        _disk?.Store(x5u, PemChain.Write(chain), entry.Expires);
        return entry;
    }

    private CachedCertificate Entry(IReadOnlyList<StirCertificate> chain, DateTimeOffset expires)
    {
        CertificatePath path = _paths.Validate(chain);

        // Whatever the host says, one URL is not asked with every call: what has expired fails by its path meanwhile.
        DateTimeOffset soonest = _time.GetUtcNow() + _options.FailureLifetime;
        DateTimeOffset latest = path.NotAfter < expires ? path.NotAfter : expires;
        return new CachedCertificate(Fault.None, path, latest > soonest ? latest : soonest);
    }

    private CachedCertificate Failure(Fault fault)
    {
        // That it was not asked says nothing of the host: the next call may ask again.
        TimeSpan lifetime = fault == Fault.FetchRateLimited ? TimeSpan.FromSeconds(1) : _options.FailureLifetime;
        return new CachedCertificate(fault, null, _time.GetUtcNow() + lifetime);
    }

    private void Keep(string x5u, CachedCertificate entry)
    {
        if (_entries.Count >= _options.MaximumEntries)
        {
            // Failures and what expires first go first: they are what an attacker can fill the cache with.
            foreach (
                var old in _entries.OrderBy(pair => pair.Value.Expires).Take(_options.MaximumEntries / 4).ToArray()
            )
            {
                _entries.TryRemove(old);
            }
        }

        _entries[x5u] = entry;
    }
}
