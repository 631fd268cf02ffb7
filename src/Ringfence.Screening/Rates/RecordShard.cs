using System.Runtime.CompilerServices;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Rates;

/// <summary>
/// One part of a table: dense records, found through its part of the index. Every member wants <see cref="Lock"/> held, but
/// those that only ask for memory, and the properties.
/// </summary>
internal sealed class RecordShard<TRecord>
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private const int EvictionSample = 8;

    private readonly RecordPages<TRecord> _pages;
    private readonly PlaceIndex _index;
    private readonly KeyedHash _hash;
    private readonly int _capacity;
    private readonly int _pageBits;
    private readonly RecordPage<TRecord>[] _taken;
    private int _hand;

    public RecordShard(int capacity, KeyedHash hash, RecordPages<TRecord> pages, PlaceIndex index)
    {
        _capacity = capacity;
        _hash = hash;
        _pages = pages;
        _index = index;
        _pageBits = pages.PageBits;
        _taken = new RecordPage<TRecord>[pages.PagesOf(capacity)];
    }

    public Lock Lock { get; } = new();

    public int Count { get; private set; }

    /// <summary>Asks for the line of the index that stands for the hash.</summary>
    public void PrefetchIndex(ulong hash) => _index.Prefetch(hash);

    /// <summary>Asks for the record that the index names. It may be another's by now: only memory is asked for.</summary>
    public void PrefetchRecord(ulong hash)
    {
        var place = _index.Guess(hash);
        if ((uint)place < (uint)_capacity && _taken[place >> _pageBits] is { IsTaken: true } page)
        {
            CacheLine.Prefetch(ref page[InPage(place)]);
        }
    }

    /// <summary>How many lines are read to find the key's record, that of the record included; where there is none, to know it.</summary>
    public int CountLines(ulong key, ulong hash)
    {
        var place = Seek(key, hash, out var lines);
        return lines + (place < 0 ? 0 : ((Unsafe.SizeOf<TRecord>() - 1) / CacheLine.Size) + 1);
    }

    /// <summary>The record of the key; a null reference where there is none.</summary>
    public ref TRecord Find(ulong key, ulong hash)
    {
        var place = Seek(key, hash, out _);
        return ref place < 0 ? ref Unsafe.NullRef<TRecord>() : ref At(place);
    }

    /// <summary>The record of the key; a new one, blank but for its key, where there was none.</summary>
    public ref TRecord FindOrAdd(ulong key, ulong hash, out bool isNew)
    {
        var place = Seek(key, hash, out _);
        isNew = place < 0;
        if (!isNew)
        {
            return ref At(place);
        }

        if (Count == _capacity)
        {
            Remove(At(LongestUnseen()).Key);
        }

        ref var page = ref _taken[Count >> _pageBits];
        if (!page.IsTaken)
        {
            page = _pages.Take();
        }

        _index.Add(hash, Count);
        ref var record = ref At(Count++);
        record = new TRecord { Key = key };
        return ref record;
    }

    /// <summary>Removes the record; the last one takes its place, so that places stay dense.</summary>
    public bool Remove(ulong key)
    {
        var hash = _hash.Of(key);
        var place = Seek(key, hash, out _);
        if (place < 0)
        {
            return false;
        }

        _index.Remove(hash, place);
        var last = --Count;
        if (place != last)
        {
            At(place) = At(last);
            _index.Move(_hash.Of(At(place).Key), last, place);
        }

        return true;
    }

    public ref TRecord At(int place) => ref _taken[place >> _pageBits][InPage(place)];

    public void Clear()
    {
        _index.Clear();
        Count = 0;
    }

    private int InPage(int place) => place & ((1 << _pageBits) - 1);

    private int Seek(ulong key, ulong hash, out int lines)
    {
        var search = _index.Search(hash);
        while (search.TryNext(out var place))
        {
            if (At(place).Key == key)
            {
                lines = search.Lines;
                return place;
            }
        }

        lines = search.Lines;
        return -1;
    }

    private int LongestUnseen()
    {
        var oldest = _hand % Count;
        for (var n = 1; n < EvictionSample; n++)
        {
            var place = (_hand + n) % Count;
            oldest = At(place).LastSeen < At(oldest).LastSeen ? place : oldest;
        }

        _hand = (_hand + EvictionSample) % Count;
        return oldest;
    }
}
