using System.Collections.Concurrent;

namespace Ringfence.Stir.Authentication;

/// <summary>Calls signed in the present minute, by customer.</summary>
internal sealed class SigningQuota(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _used = new(StringComparer.Ordinal);

    public bool TryTake(string name, int limit)
    {
        if (limit == 0)
        {
            return true;
        }

        long minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        (_, int count) = _used.AddOrUpdate(
            name,
            static (_, now) => (now, 1),
            static (_, old, now) => old.Minute == now ? (now, old.Count + 1) : (now, 1),
            minute
        );
        return count <= limit;
    }
}
