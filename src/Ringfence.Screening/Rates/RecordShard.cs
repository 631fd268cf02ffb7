using System.Runtime.CompilerServices;

namespace Ringfence.Screening.Rates;

/// <summary>
/// One part of a table: records in chunks that are made when needed, found by open addressing over their places. Every
/// member but the properties wants <see cref="Lock"/> held.
/// </summary>
internal sealed class RecordShard<TRecord>(int capacity)
    where TRecord : struct, ITrackedRecord
{
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;
    private const int EvictionSample = 8;

    private readonly int[] _places = new int[(capacity * 3 / 2) + 8];
    private readonly List<TRecord[]> _chunks = [];
    private int _hand;

    public Lock Lock { get; } = new();

    public int Count { get; private set; }

    public long Bytes => ((long)_places.Length * sizeof(int)) + ((long)_chunks.Count * ChunkLength * Unsafe.SizeOf<TRecord>());

    /// <summary>The record of the key; a null reference where there is none.</summary>
    public ref TRecord Find(ulong key, ulong hash)
    {
        var i = IndexOf(key, hash);
        return ref _places[i] == 0 ? ref Unsafe.NullRef<TRecord>() : ref At(_places[i] - 1);
    }

    /// <summary>The record of the key; a new one, blank but for its key, where there was none.</summary>
    public ref TRecord FindOrAdd(ulong key, ulong hash, out bool isNew)
    {
        var i = IndexOf(key, hash);
        isNew = _places[i] == 0;
        if (!isNew)
        {
            return ref At(_places[i] - 1);
        }

        if (Count == capacity)
        {
            Remove(At(LongestUnseen()).Key);
            i = IndexOf(key, hash);
        }

        if (Count == _chunks.Count * ChunkLength)
        {
            _chunks.Add(new TRecord[ChunkLength]);
        }

        _places[i] = ++Count;
        ref var record = ref At(Count - 1);
        record = new TRecord { Key = key };
        return ref record;
    }

    /// <summary>Removes the record; the last one takes its place, so that places stay dense.</summary>
    public bool Remove(ulong key)
    {
        var i = IndexOf(key, TrackedKey.Mix(key));
        if (_places[i] == 0)
        {
            return false;
        }

        var place = _places[i] - 1;
        CloseGap(i);
        if (place != Count - 1)
        {
            ref var last = ref At(Count - 1);
            var moved = IndexOf(last.Key, TrackedKey.Mix(last.Key));
            At(place) = last;
            _places[moved] = place + 1;
        }

        Count--;
        return true;
    }

    public ref TRecord At(int place) => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];

    public void Clear()
    {
        Array.Clear(_places);
        Count = 0;
    }

    private int IndexOf(ulong key, ulong hash)
    {
        var i = Home(hash);
        while (_places[i] != 0 && At(_places[i] - 1).Key != key)
        {
            i = i + 1 == _places.Length ? 0 : i + 1;
        }

        return i;
    }

    // The upper six bits chose the shard; the next ones choose the place.
    private int Home(ulong hash) => (int)Math.BigMul(hash << 6, (ulong)_places.Length, out _);

    // Entries behind the gap that have come past it move up, so that no search ends too early.
    private void CloseGap(int gap)
    {
        var length = _places.Length;
        for (var i = (gap + 1) % length; _places[i] != 0; i = (i + 1) % length)
        {
            var home = Home(TrackedKey.Mix(At(_places[i] - 1).Key));
            var isPastGap = gap <= i ? home <= gap || home > i : home <= gap && home > i;
            if (isPastGap)
            {
                _places[gap] = _places[i];
                gap = i;
            }
        }

        _places[gap] = 0;
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
