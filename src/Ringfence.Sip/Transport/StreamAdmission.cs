namespace Ringfence.Sip.Transport;

/// <summary>Counts connections against their limits: in all, and from one source. Any thread.</summary>
internal sealed class StreamAdmission(StreamLimits limits, StreamCounters counters)
{
    private readonly Dictionary<UInt128, int> _perSource = [];
    private readonly Lock _lock = new();
    private int _open;

    internal int Open => Volatile.Read(ref _open);

    internal bool TryEnter(in Peer farEnd, bool isAccepted)
    {
        lock (_lock)
        {
            if (_open >= limits.Connections)
            {
                Interlocked.Increment(ref counters.RefusedFull);
                return false;
            }

            if (isAccepted)
            {
                int present = _perSource.GetValueOrDefault(Source(farEnd));
                if (present >= limits.PerSource)
                {
                    Interlocked.Increment(ref counters.RefusedPerSource);
                    return false;
                }

                _perSource[Source(farEnd)] = present + 1;
            }

            _open++;
            return true;
        }
    }

    internal void Leave(in Peer farEnd, bool isAccepted)
    {
        lock (_lock)
        {
            _open--;
            if (isAccepted && --_perSource[Source(farEnd)] == 0)
            {
                _perSource.Remove(Source(farEnd));
            }
        }
    }

    // Whoever has one IPv6 address usually has the whole /64.
    private static UInt128 Source(in Peer farEnd) => farEnd.IsIPv4 ? farEnd.Address : farEnd.Address >> 64;
}
