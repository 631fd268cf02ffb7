using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Rates;

/// <summary>Records under keys in bounded memory, spread over shards with a lock each. When full, the longest unseen go.</summary>
internal sealed class RecordTable<TRecord>
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private const int MaxCapacity = 200_000_000;

    private readonly KeyedHash _hash = KeyedHash.Draw();
    private readonly RecordPages<TRecord> _pages;
    private readonly LineArray<uint> _index;
    private readonly RecordShard<TRecord>[] _shards;

    /// <summary>A table for at most <paramref name="capacity"/> records.</summary>
    public RecordTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        var shards = capacity < 4096 ? 1 : 64;
        var each = (capacity + shards - 1) / shards;
        var groups = PlaceIndex.GroupsFor(each);
        _pages = new RecordPages<TRecord>(shards, each);
        _index = PlaceIndex.Allocate(shards * groups);
        _shards =
        [
            .. Enumerable
                .Range(0, shards)
                .Select(n => new RecordShard<TRecord>(each, _hash, _pages, new PlaceIndex(_index, n * groups, groups))),
        ];
    }

    public int Count => _shards.Sum(s => s.Count);

    public long Bytes => _index.Bytes + _pages.Bytes;

    public ulong HashOf(ulong key) => _hash.Of(key);

    /// <summary>The shard of the key. Take its lock, ask it, and let go.</summary>
    public RecordShard<TRecord> ShardOf(ulong hash) => _shards[(int)(hash >> 58) & (_shards.Length - 1)];

    /// <summary>Asks for the line of the index that names the record of the hash, and does not wait for it.</summary>
    public void PrefetchIndex(ulong hash) => ShardOf(hash).PrefetchIndex(hash);

    /// <summary>Asks for the record of the hash, and waits for the index alone.</summary>
    public void PrefetchRecord(ulong hash) => ShardOf(hash).PrefetchRecord(hash);

    /// <summary>Writes all records out, as they lie in memory (little endian), and forgets them where asked.</summary>
    public void Write(IBufferWriter<byte> writer, bool andForget)
    {
        foreach (var shard in _shards)
        {
            lock (shard.Lock)
            {
                for (var place = 0; place < shard.Count; place++)
                {
                    writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<TRecord>(in shard.At(place))));
                }

                if (andForget)
                {
                    shard.Clear();
                }
            }
        }
    }

    /// <summary>Takes in written records; false, and none is taken, where the length is no whole number of them.</summary>
    public bool TryMerge(ReadOnlySpan<byte> written)
    {
        var size = Unsafe.SizeOf<TRecord>();
        if (written.Length % size != 0)
        {
            return false;
        }

        for (; !written.IsEmpty; written = written[size..])
        {
            var record = MemoryMarshal.Read<TRecord>(written);
            var hash = _hash.Of(record.Key);
            var shard = ShardOf(hash);
            lock (shard.Lock)
            {
                shard.FindOrAdd(record.Key, hash, out _).Merge(record);
            }
        }

        return true;
    }
}
