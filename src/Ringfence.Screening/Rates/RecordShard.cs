using System.Runtime.CompilerServices;

namespace Ringfence.Screening.Rates;

/// <summary>
/// One part of a table: records in chunks that are made when needed, found by open addressing over their places. Every
/// member but the properties wants <see cref="Lock"/> held.
/// </summary>
internal sealed class RecordShard<TRecord>(int capacity)
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;
    private const int EvictionSample = 8;

    // An entry is a place plus one, and above it ten bits of the hash, so that hardly any other record is touched on the way.
    private const int TagShift = 22;
    private const uint PlaceMask = (1u << TagShift) - 1;

    private readonly uint[] _places = new uint[(capacity * 3 / 2) + 8];
    private readonly List<TRecord[]> _chunks = [];
    private int _hand;

    public Lock Lock { get; } = new();

    public int Count { get; private set; }

    public long Bytes =>
        ((long)_places.Length * sizeof(uint))
        + (Math.Min((long)_chunks.Count * ChunkLength, capacity) * Unsafe.SizeOf<TRecord>());

    /// <summary>The record of the key; a null reference where there is none.</summary>
    public ref TRecord Find(ulong key, ulong hash)
    {
        var i = IndexOf(key, hash);
        return ref _places[i] == 0 ? ref Unsafe.NullRef<TRecord>() : ref At(PlaceAt(i));
    }

    /// <summary>The record of the key; a new one, blank but for its key, where there was none.</summary>
    public ref TRecord FindOrAdd(ulong key, ulong hash, out bool isNew)
    {
        var i = IndexOf(key, hash);
        isNew = _places[i] == 0;
        if (!isNew)
        {
            return ref At(PlaceAt(i));
        }

        if (Count == capacity)
        {
            Remove(At(LongestUnseen()).Key);
            i = IndexOf(key, hash);
        }

        if (Count == _chunks.Count * ChunkLength)
        {
            _chunks.Add(new TRecord[Math.Min(ChunkLength, capacity - Count)]);
        }

        _places[i] = TagOf(hash) | (uint)++Count;
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

        var place = PlaceAt(i);
        CloseGap(i);
        if (place != Count - 1)
        {
            ref var last = ref At(Count - 1);
            var hash = TrackedKey.Mix(last.Key);
            var moved = IndexOf(last.Key, hash);
            At(place) = last;
            _places[moved] = TagOf(hash) | (uint)(place + 1);
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

    private static uint TagOf(ulong hash) => (uint)hash << TagShift;

    private int PlaceAt(int i) => (int)(_places[i] & PlaceMask) - 1;

    private int IndexOf(ulong key, ulong hash)
    {
        var places = _places;
        var tag = TagOf(hash);
        var i = Home(hash);
        while (places[i] != 0 && ((places[i] & ~PlaceMask) != tag || At(PlaceAt(i)).Key != key))
        {
            i = i + 1 == places.Length ? 0 : i + 1;
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
            var home = Home(TrackedKey.Mix(At(PlaceAt(i)).Key));
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
