using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// Remembers which targets failed, so that the next request tries them last (RFC 3263 §4.3). Each is forgiven by time, and at
/// once when it answers. Bounded; safe for any thread.
/// </summary>
public sealed class DeadTargets
{
    private readonly Lock _lock = new();
    private readonly RecentTable<Peer, (long Since, TimeSpan For)> _dead;
    private readonly TimeSpan _time;
    private readonly TimeProvider _clock;
    private long _allForgiven;

    internal DeadTargets(ResolverOptions options, TimeProvider clock)
    {
        _dead = new(options.MaxDead);
        _time = options.DeadTime;
        _clock = clock;
    }

    /// <summary>It failed: 503, a transport error, or no response at all.</summary>
    /// <param name="peer">The target.</param>
    /// <param name="retryAfter">What a 503 asked for (RFC 3261 §21.5.4), at most an hour of it; null for the default.</param>
    public void Add(in Peer peer, TimeSpan? retryAfter = null)
    {
        TimeSpan time = retryAfter ?? _time;
        time = time < TimeSpan.FromHours(1) ? time : TimeSpan.FromHours(1);
        lock (_lock)
        {
            long now = _clock.GetTimestamp();
            long until = now + (long)(time.TotalSeconds * _clock.TimestampFrequency) + 1;
            Volatile.Write(ref _allForgiven, Math.Max(_allForgiven, until));
            _dead.Set(Key(peer), (now, time));
        }
    }

    /// <summary>True while none is remembered: asked for every call, and without a lock.</summary>
    public bool IsEmpty =>
        Volatile.Read(ref _allForgiven) == 0 || _clock.GetTimestamp() >= Volatile.Read(ref _allForgiven);

    /// <summary>It answered.</summary>
    public void Remove(in Peer peer)
    {
        if (IsEmpty)
        {
            return;
        }

        lock (_lock)
        {
            _dead.Remove(Key(peer));
        }
    }

    /// <summary>True for one that failed and is not yet forgiven.</summary>
    public bool Contains(in Peer peer)
    {
        if (IsEmpty)
        {
            return false;
        }

        lock (_lock)
        {
            return _dead.TryGet(Key(peer), out var dead) && _clock.GetElapsedTime(dead.Since) < dead.For;
        }
    }

    private static Peer Key(in Peer peer) => new(peer.Kind, peer.Address, peer.Port);
}
