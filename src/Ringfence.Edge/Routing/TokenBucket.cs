namespace Ringfence.Edge.Routing;

/// <summary>
/// Admits so many calls a second, and at most one second's worth at once. Shared by all lanes without a lock: the time up to
/// which calls have been paid for is one number that each call moves on.
/// </summary>
public sealed class TokenBucket(int perSecond, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly long _cost = TimeSpan.TicksPerSecond / perSecond;
    private long _paidUntil = -TimeSpan.TicksPerSecond;

    /// <summary>Takes one; false when none is left.</summary>
    public bool TryTake()
    {
        long now = clock.GetElapsedTime(_start).Ticks;
        while (true)
        {
            long paid = Volatile.Read(ref _paidUntil);
            long from = Math.Max(paid, now - TimeSpan.TicksPerSecond);
            if (from + _cost > now)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidUntil, from + _cost, paid) == paid)
            {
                return true;
            }
        }
    }
}
