namespace Ringfence.Sip.Time;

/// <summary>A timer of a <see cref="ManualClock"/>. Each change makes what was scheduled before void.</summary>
internal sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private int _version;

    internal int Version => Volatile.Read(ref _version);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        int version = Interlocked.Increment(ref _version);
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            clock.Schedule(this, version, dueTime);
        }

        return true;
    }

    internal void Call()
    {
        if (_period > TimeSpan.Zero)
        {
            clock.Schedule(this, Version, _period);
        }

        callback();
    }

    public void Dispose() => Interlocked.Increment(ref _version);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
