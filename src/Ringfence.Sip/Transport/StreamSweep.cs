using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>Once a second: closes the connections that are overdue, and pings the flows that are to be held open.</summary>
internal sealed class StreamSweep : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Streams _streams;
    private readonly LaneRandom _random = LaneRandom.Secure();
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    internal StreamSweep(Streams streams, TimeProvider clock)
    {
        _streams = streams;
        _timer = clock.CreateTimer(_ => Sweep(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        // A sweep that takes longer than a second is followed, not joined, by the next.
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            long now = _streams.Deadlines.Now;
            foreach (StreamConnection connection in _streams.Connections)
            {
                Look(connection, now);
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Look(StreamConnection connection, long now)
    {
        if (connection.IsOverdue(now))
        {
            Interlocked.Increment(ref _streams.Counters.TimedOut);
            connection.Dispose();
        }
        else if (!connection.Ping(now, _random))
        {
            Interlocked.Increment(ref _streams.Counters.FlowsFailed);
            connection.Dispose();
        }
    }
}
