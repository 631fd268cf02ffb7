using System.Collections.Immutable;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>
/// The operator's lists by name. A list is exchanged whole and at once: calls under way see the old one or the new one. Safe
/// for many threads.
/// </summary>
public sealed class ListCatalogue
{
    private ImmutableArray<(string Name, NumberList List)> _lists = [];

    /// <summary>The names of all lists, in alphabetical order.</summary>
    public ImmutableArray<string> Names => [.. Current.Select(l => l.Name)];

    private ImmutableArray<(string Name, NumberList List)> Current => _lists;

    /// <summary>The list of that name, or null.</summary>
    public NumberList? Find(string name) =>
        Current.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.Ordinal)).List;

    /// <summary>Puts the list in the place of the one of that name, or beside the others.</summary>
    public void Replace(string name, NumberList list)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(list);
        ImmutableInterlocked.Update(
            ref _lists,
            static (lists, added) =>
                [
                    .. lists
                        .RemoveAll(l => string.Equals(l.Name, added.Name, StringComparison.Ordinal))
                        .Add(added)
                        .OrderBy(l => l.Name, StringComparer.Ordinal),
                ],
            (Name: name, List: list)
        );
    }

    /// <summary>Takes the list away; false where there was none.</summary>
    public bool Remove(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ImmutableInterlocked.Update(
            ref _lists,
            static (lists, gone) => lists.RemoveAll(l => string.Equals(l.Name, gone, StringComparison.Ordinal)),
            name
        );
    }

    /// <summary>
    /// Asks for the memory that <see cref="Look"/> will read for this party, without waiting for it. Whoever has other work to
    /// do before asks as soon as the party is known, and does not wait afterwards.
    /// </summary>
    public void Prefetch(in Party party) => Prefetch(Current, party);

    /// <summary>Adds to <paramref name="hits"/> every list that the party is on. Allocates only for hits.</summary>
    public void Look(in Party party, ListSubject subject, ref ImmutableArray<ListHit> hits)
    {
        var lists = Current;
        if (lists.Length > 1)
        {
            Prefetch(lists, party);
        }

        foreach (var (name, list) in lists)
        {
            if (list.TryFind(party, out var match))
            {
                hits = hits.Add(new ListHit(name, subject, match.Entry, match.Label));
            }
        }
    }

    private static void Prefetch(ImmutableArray<(string Name, NumberList List)> lists, in Party party)
    {
        foreach (var (_, list) in lists)
        {
            list.Prefetch(party.Number);
        }
    }
}
