using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>Each callee's own allow and block list. Safe for many threads; what is kept over a restart is the caller's business.</summary>
public sealed class PersonalLists
{
    /// <summary>Entries of one callee at most; the oldest makes room.</summary>
    public const int MaxEntries = 2000;

    private readonly ConcurrentDictionary<Party, ImmutableArray<PersonalEntry>> _byCallee = new();

    /// <summary>Puts the entry on the callee's list, in the place of one for the same caller.</summary>
    public void Put(in Party callee, PersonalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _byCallee.AddOrUpdate(
            callee,
            static (_, added) => [added],
            static (_, entries, added) =>
            {
                var others = entries.RemoveAll(e => e.Caller == added.Caller);
                return [.. others.Length < MaxEntries ? others : others.RemoveAt(0), added];
            },
            entry
        );
    }

    /// <summary>Takes the caller off the callee's list; false where it was not on it.</summary>
    public bool Remove(in Party callee, Party caller)
    {
        while (_byCallee.TryGetValue(callee, out var entries))
        {
            var rest = entries.RemoveAll(e => e.Caller == caller);
            if (rest.Length == entries.Length)
            {
                return false;
            }

            if (_byCallee.TryUpdate(callee, rest, entries))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The callee's entries in force, the oldest first.</summary>
    public ImmutableArray<PersonalEntry> EntriesOf(in Party callee, DateTimeOffset at) =>
        _byCallee.TryGetValue(callee, out var entries) ? entries.RemoveAll(e => !e.IsInForce(at)) : [];

    /// <summary>Adds to <paramref name="hits"/> what the callee's list says of the caller. Allocates only for a hit.</summary>
    public void Look(in Party callee, in Party caller, DateTimeOffset at, ref ImmutableArray<ListHit> hits)
    {
        if (!_byCallee.TryGetValue(callee, out var entries))
        {
            return;
        }

        foreach (var entry in entries)
        {
            if (entry.Caller == caller && entry.IsInForce(at))
            {
                var list = entry.IsAllowed ? WellKnownLists.CalleeAllowed : WellKnownLists.CalleeBlocked;
                hits = hits.Add(new ListHit(list, ListSubject.Caller, caller.Text));
            }
        }
    }
}
