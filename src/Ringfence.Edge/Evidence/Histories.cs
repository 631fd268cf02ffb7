using System.Collections.Concurrent;
using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// Which callers each callee has dialled, answered or knows, and who rang again lately. Looking takes no lock. Bounded: when it
/// is full, the oldest tenth of what nobody put into an address book makes room.
/// </summary>
internal sealed class Histories(int capacity = 500_000)
{
    /// <summary>Who rings again within this time may need someone.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(Party Callee, Party Caller), PairHistory> _pairs = new();
    private readonly BoundedMap<(Party Callee, Party Caller), Attempts> _attempts = new(capacity / 5);
    private int _pairCount;
    private int _isMakingRoom;

    /// <summary>Pairs that are kept.</summary>
    internal int Count => Volatile.Read(ref _pairCount);

    /// <summary>What the two had to do with each other before, this attempt counted for the next one.</summary>
    internal CalleeHistory Attempt(in Party callee, in Party caller, DateTimeOffset at)
    {
        int before = IsSomebody(caller) ? CountAttempt((callee, caller), at) : 0;
        PairHistory pair = Of(callee, caller);
        return new CalleeHistory(pair.Dialled, pair.Answered, pair.Contact, before);
    }

    /// <summary>What the two had to do with each other before.</summary>
    internal PairHistory Of(in Party callee, in Party caller) => _pairs.GetValueOrDefault((callee, caller));

    /// <summary>The callee's address book. It looks at every pair: for pages, never for calls.</summary>
    internal IEnumerable<(Party Caller, DateTimeOffset Since)> ContactsOf(Party callee) =>
        _pairs
            .Where(pair => pair.Value.Contact && pair.Key.Callee == callee)
            .Select(pair => (pair.Key.Caller, pair.Value.At));

    /// <summary>Puts the pair's history in the place of what was known; null where that changes nothing.</summary>
    internal PairHistory? Put(in Party callee, in Party caller, PairHistory history)
    {
        if (!IsSomebody(caller) || !IsSomebody(callee) || Of(callee, caller) with { At = history.At } == history)
        {
            return null;
        }

        if (_pairs.TryAdd((callee, caller), history))
        {
            if (Interlocked.Increment(ref _pairCount) > capacity && Interlocked.Exchange(ref _isMakingRoom, 1) == 0)
            {
                _ = Task.Run(MakeRoom);
            }
        }
        else
        {
            _pairs[(callee, caller)] = history;
        }

        return history;
    }

    /// <summary>Nobody, or anybody: a withheld name stands for every such caller.</summary>
    internal static bool IsSomebody(in Party party) =>
        party.Form is PartyForm.Number or PartyForm.Local or PartyForm.Address;

    private int CountAttempt((Party, Party) pair, DateTimeOffset at)
    {
        bool isAgain = _attempts.TryGet(pair, out Attempts known) && at - known.Since < Recently;
        _attempts.Put(pair, isAgain ? known with { Count = known.Count + 1 } : new Attempts(at, 1));
        return isAgain ? known.Count : 0;
    }

    /// <summary>Away from the calls: it looks at every pair.</summary>
    private void MakeRoom()
    {
        foreach (
            var old in _pairs
                .Where(pair => !pair.Value.Contact)
                .OrderBy(pair => pair.Value.At)
                .Take(capacity / 10)
                .ToArray()
        )
        {
            if (_pairs.TryRemove(old))
            {
                Interlocked.Decrement(ref _pairCount);
            }
        }

        Volatile.Write(ref _isMakingRoom, 0);
    }

    /// <summary>Calls since a time.</summary>
    private readonly record struct Attempts(DateTimeOffset Since, int Count);
}
