using System.Collections.Concurrent;

namespace Ringfence.Stir.Fetching;

/// <summary>How often one host is asked, whoever names it: a caller must not aim this machine at someone.</summary>
internal sealed class HostRateLimit(FetchOptions options, TimeProvider time)
{
    private const int MaximumHosts = 10_000;

    private readonly ConcurrentDictionary<string, (long Period, int Count)> _hosts = new(
        StringComparer.OrdinalIgnoreCase
    );

    public bool TryTake(string host)
    {
        long period = time.GetUtcNow().Ticks / options.HostPeriod.Ticks;
        if (_hosts.Count > MaximumHosts)
        {
            // Counters of earlier periods say nothing any more.
            foreach (var pair in _hosts.Where(pair => pair.Value.Period != period))
            {
                _hosts.TryRemove(pair);
            }
        }

        (_, int count) = _hosts.AddOrUpdate(
            host,
            static (_, now) => (now, 1),
            static (_, old, now) => old.Period == now ? (now, old.Count + 1) : (now, 1),
            period
        );
        return count <= options.HostLimit;
    }
}
