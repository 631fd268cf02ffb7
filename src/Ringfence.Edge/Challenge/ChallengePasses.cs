using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// Who passed a challenge for whom, for a day: the same caller is not asked again by the same callee. Bounded: when it is full,
/// the oldest passes go. Shared by all lanes.
/// </summary>
internal sealed class ChallengePasses
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Party Caller, Party Callee), long> _passed = [];
    private readonly Queue<((Party Caller, Party Callee) Pair, long At)> _order = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lifetime;
    private readonly int _capacity;

    /// <param name="clock">Gives the time.</param>
    /// <param name="capacity">Most passes that are kept.</param>
    /// <param name="lifetime">How long one lasts; null for 24 hours.</param>
    internal ChallengePasses(TimeProvider clock, int capacity = 100_000, TimeSpan? lifetime = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _clock = clock;
        _capacity = capacity;
        _lifetime = lifetime ?? TimeSpan.FromHours(24);
    }

    /// <summary>Passes that are kept, those that are over but not yet cleared away among them.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _order.Count;
            }
        }
    }

    /// <summary>Whether this caller passed for this callee. Callers without a number or an address never did.</summary>
    internal bool Holds(in Party caller, in Party callee)
    {
        lock (_lock)
        {
            return _passed.TryGetValue((caller, callee), out long at) && _clock.GetElapsedTime(at) < _lifetime;
        }
    }

    /// <summary>The caller passed. A withheld name is nobody's, so it is not remembered.</summary>
    internal void Add(in Party caller, in Party callee)
    {
        if (caller.Form is not (PartyForm.Number or PartyForm.Local or PartyForm.Address))
        {
            return;
        }

        lock (_lock)
        {
            while (
                _order.TryPeek(out var oldest)
                && (_order.Count >= _capacity || _clock.GetElapsedTime(oldest.At) >= _lifetime)
            )
            {
                Forget();
            }

            long now = _clock.GetTimestamp();
            _passed[(caller, callee)] = now;
            _order.Enqueue(((caller, callee), now));
        }
    }

    /// <summary>Of a pair that passed again, only the later pass counts.</summary>
    private void Forget()
    {
        ((Party Caller, Party Callee) pair, long at) = _order.Dequeue();
        if (_passed.TryGetValue(pair, out long latest) && latest == at)
        {
            _passed.Remove(pair);
        }
    }
}
