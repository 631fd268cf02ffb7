using Ringfence.Edge.Configuration;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;

namespace Ringfence.Edge.Pipeline;

/// <summary>Whom the edge trusts, and what keeps that up to date. Outlives a reload that names the same sources.</summary>
internal sealed class StirTrust : IDisposable
{
    /// <summary>The list of a whole country's authorities, or of all that they revoked, is larger than a certificate.</summary>
    private const int MaximumBytes = 8 * 1024 * 1024;

    private readonly StirConfiguration _configuration;

    private StirTrust(StirConfiguration configuration, TimeProvider clock)
    {
        _configuration = configuration;
        Anchors = new TrustAnchors(configuration.Roots);
        FetchOptions options = Options(configuration);
        if (configuration.TrustList is { } list)
        {
            List = new TrustListSync(Anchors, list.Administrator, sequence: -1, options, clock);
        }

        if (configuration.Revocation is { } crl)
        {
            Revocation = new RevocationLists(crl.Issuers) { Policy = crl.Policy, Grace = crl.Grace };
            Refresh = new RevocationRefresh(Revocation, options, clock);
            Refresh.Restore(crl.Urls);
        }
    }

    /// <summary>The roots.</summary>
    internal TrustAnchors Anchors { get; }

    /// <summary>Keeps the roots in step with the administrator's list; null without one.</summary>
    internal TrustListSync? List { get; }

    /// <summary>The revocation lists; null where none is looked at.</summary>
    internal RevocationLists? Revocation { get; }

    /// <summary>Fetches the revocation lists.</summary>
    internal RevocationRefresh? Refresh { get; }

    /// <summary>The trust of a configuration: the previous one where its sources are the same.</summary>
    internal static StirTrust Make(StirConfiguration configuration, StirTrust? previous, TimeProvider clock)
    {
        if (previous is null || !previous.IsOf(configuration))
        {
            return new StirTrust(configuration, clock);
        }

        // What the administrator signed goes before what the file says.
        if (previous.List is not { Expires: not null } && !SameRoots(previous.Anchors.Roots, configuration.Roots))
        {
            previous.Anchors.Replace(configuration.Roots);
        }

        return previous;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List?.Dispose();
        Refresh?.Dispose();
    }

    private bool IsOf(StirConfiguration other) =>
        other.Cache == _configuration.Cache
        && Same(_configuration.TrustList, other.TrustList, (one, two) => one.IsSource(two))
        && Same(_configuration.Revocation, other.Revocation, (one, two) => one.IsSource(two));

    private static bool Same<T>(T? one, T? other, Func<T, T, bool> alike)
        where T : class => one is null || other is null ? one == other : alike(one, other);

    private static bool SameRoots(
        IReadOnlyList<System.Security.Cryptography.X509Certificates.X509Certificate2> one,
        IReadOnlyList<System.Security.Cryptography.X509Certificates.X509Certificate2> other
    ) => one.Select(root => root.Thumbprint).ToHashSet().SetEquals(other.Select(root => root.Thumbprint));

    /// <summary>These hosts were named by the operator and not by a caller: they may lie inside, and speak http, as the lists are signed.</summary>
    private static FetchOptions Options(StirConfiguration configuration)
    {
        IEnumerable<Uri> urls = configuration.Revocation?.Urls ?? [];
        urls = configuration.TrustList is { } list ? urls.Append(list.Url) : urls;
        return new FetchOptions
        {
            TestHosts = urls.Select(url => $"{url.Host}:{url.Port}").ToHashSet(StringComparer.OrdinalIgnoreCase),
            MaximumBytes = MaximumBytes,
            Timeout = TimeSpan.FromSeconds(30),
            DiskFolder = configuration.Cache,
        };
    }
}
