using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Identities;

/// <summary>
/// Certificates from files: nothing is ever fetched. A chain is that of an x5u if its file has the name that the URL ends with; a single
/// chain stands for every URL.
/// </summary>
internal sealed class OfflineCertificates : ICertificateSource, IDisposable
{
    private readonly Dictionary<string, CertificatePath> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly CertificateCache _urls;

    public OfflineCertificates(TrustAnchors anchors, IEnumerable<CertificateFile> files)
    {
        var paths = new PathValidator(anchors);
        _urls = new CertificateCache(paths, new FetchOptions(), TimeProvider.System);
        foreach (var file in files)
        {
            if (PemChain.Read(file.Content.Span, out var chain) == Fault.None)
            {
                _byName[file.Name] = paths.Validate(chain);
            }
        }
    }

    /// <inheritdoc/>
    public Fault CheckUrl(string x5u) => _urls.CheckUrl(x5u);

    /// <summary>The chain of the file that is named as a URL ends; null if there is none.</summary>
    public CertificatePath? Named(string url) => _byName.GetValueOrDefault(url[(url.LastIndexOf('/') + 1)..]);

    /// <inheritdoc/>
    public bool TryGet(string x5u, out CertificateLookup lookup)
    {
        var path = Named(x5u) ?? (_byName.Count == 1 ? _byName.Values.First() : null);
        lookup = path is null
            ? new CertificateLookup(Fault.FetchPending, null)
            : new CertificateLookup(Fault.None, path);
        return true;
    }

    /// <inheritdoc/>
    public Task<CertificateLookup> GetAsync(string x5u, CancellationToken cancellation)
    {
        _ = TryGet(x5u, out var lookup);
        return Task.FromResult(lookup);
    }

    /// <inheritdoc/>
    public void Dispose() => _urls.Dispose();
}
