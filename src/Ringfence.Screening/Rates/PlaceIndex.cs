using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Rates;

/// <summary>
/// From hashes to places, in groups of one line of the cache: fifteen entries, and how many of this group's stand further on
/// because it was full, without which nobody looks there.
/// </summary>
/// <remarks>
/// An entry is a place plus one, and above it ten bits of the hash, so that hardly any other record is touched on the way. Groups
/// are half full: one in two hundred passes an entry on.
/// </remarks>
internal sealed class PlaceIndex
{
    private const int TagShift = 22;
    private const uint PlaceMask = (1u << TagShift) - 1;
    private const int GroupLength = CacheLine.Size / sizeof(uint);
    private const int PassedOn = GroupLength - 1;
    private const int EntriesPerGroup = 8;

    private readonly LineArray<uint> _entries;
    private readonly int _first;
    private readonly int _groups;

    /// <summary>The part of the whole index that begins with this group.</summary>
    public PlaceIndex(LineArray<uint> entries, int firstGroup, int groups)
    {
        _entries = entries;
        _first = firstGroup;
        _groups = groups;
    }

    public static int GroupsFor(int capacity) => (capacity / EntriesPerGroup) + 1;

    public static LineArray<uint> Allocate(int groups) => new(checked(groups * GroupLength));

    public void Prefetch(ulong hash) => CacheLine.Prefetch(ref Group(Home(hash)));

    /// <summary>The place that the hash most likely stands for; -1 for none. Wants no lock: what it says is not to be relied on.</summary>
    public int Guess(ulong hash)
    {
        var search = Search(hash);
        return search.TryNextHere(out var place) ? place : -1;
    }

    public PlaceSearch Search(ulong hash) => new(this, Home(hash), hash);

    public void Add(ulong hash, int place)
    {
        for (var group = Home(hash); ; group = Next(group))
        {
            ref var entries = ref Group(group);
            for (var n = 0; n < PassedOn; n++)
            {
                ref var entry = ref Unsafe.Add(ref entries, n);
                if (entry == 0)
                {
                    entry = EntryOf(hash, place);
                    return;
                }
            }

            Unsafe.Add(ref entries, PassedOn)++;
        }
    }

    public void Remove(ulong hash, int place) => EntryAt(hash, place, leaving: true) = 0;

    public void Move(ulong hash, int from, int to) => EntryAt(hash, from, leaving: false) = EntryOf(hash, to);

    public void Clear()
    {
        for (var n = _first * GroupLength; n < (_first + _groups) * GroupLength; n++)
        {
            _entries[n] = 0;
        }
    }

    internal static int PlaceOf(uint entry) => (int)(entry & PlaceMask) - 1;

    /// <summary>Which entries of the group bear the tag, one bit each, and whether the search goes on in the next.</summary>
    internal uint Candidates(int group, ulong hash, out bool goesOn)
    {
        ref var entries = ref Group(group);
        var tag = Vector256.Create(TagOf(hash));
        var mask = Vector256.Create(~PlaceMask);
        var low = Vector256.LoadUnsafe(ref entries);
        var high = Vector256.LoadUnsafe(ref entries, GroupLength / 2);
        var tagged =
            Vector256.Equals(low & mask, tag).ExtractMostSignificantBits()
            | (Vector256.Equals(high & mask, tag).ExtractMostSignificantBits() << (GroupLength / 2));
        goesOn = Unsafe.Add(ref entries, PassedOn) != 0;
        return tagged & ((1u << PassedOn) - 1);
    }

    internal uint EntryIn(int group, int n) => Unsafe.Add(ref Group(group), n);

    internal int Next(int group) => group + 1 == _groups ? 0 : group + 1;

    private static uint TagOf(ulong hash) => (uint)hash << TagShift;

    private static uint EntryOf(ulong hash, int place) => TagOf(hash) | (uint)(place + 1);

    // The upper six bits chose the shard; the next ones choose the group.
    private int Home(ulong hash) => (int)Math.BigMul(hash << 6, (ulong)_groups, out _);

    private ref uint Group(int group) => ref _entries[(_first + group) * GroupLength];

    private ref uint EntryAt(ulong hash, int place, bool leaving)
    {
        var wanted = EntryOf(hash, place);
        for (var group = Home(hash); ; group = Next(group))
        {
            ref var entries = ref Group(group);
            for (var n = 0; n < PassedOn; n++)
            {
                if (Unsafe.Add(ref entries, n) == wanted)
                {
                    return ref Unsafe.Add(ref entries, n);
                }
            }

            if (leaving)
            {
                Unsafe.Add(ref entries, PassedOn)--;
            }
        }
    }
}
