namespace Ringfence.Sip.Time;

/// <summary>
/// A clock that a test turns by hand: nothing passes until <see cref="Advance"/> is called. Timers made from it are called
/// within that call, in order of due time, on the caller's thread. May be read from any thread.
/// </summary>
/// <param name="start">The wall-clock time at which it begins; 2026-01-01T00:00:00Z when not given.</param>
public sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<(ManualTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private readonly Lock _lock = new();
    private long _elapsed;
    private long _order;

    /// <summary>How far it has been turned.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _elapsed));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <summary>Turns the clock on and calls the timers that fall due on the way, each at its own time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Advance(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        long end = Volatile.Read(ref _elapsed) + step.Ticks;
        while (TakeDue(end) is { } due)
        {
            due.Call();
        }

        Volatile.Write(ref _elapsed, end);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Schedule(ManualTimer timer, int version, TimeSpan delay)
    {
        lock (_lock)
        {
            _timers.Enqueue((timer, version), (Volatile.Read(ref _elapsed) + delay.Ticks, _order++));
        }
    }

    private ManualTimer? TakeDue(long end)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out (ManualTimer Timer, int Version) next, out (long Due, long Order) at))
            {
                if (at.Due > end)
                {
                    return null;
                }

                _timers.Dequeue();
                if (next.Timer.Version == next.Version)
                {
                    Volatile.Write(ref _elapsed, at.Due);
                    return next.Timer;
                }
            }

            return null;
        }
    }
}
