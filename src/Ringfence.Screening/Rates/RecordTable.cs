using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ringfence.Screening.Rates;

/// <summary>Records under keys in bounded memory, spread over shards with a lock each. When full, the longest unseen go.</summary>
internal sealed class RecordTable<TRecord>
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private const int MaxCapacity = 200_000_000;

    private readonly RecordShard<TRecord>[] _shards;

    /// <summary>A table for at most <paramref name="capacity"/> records.</summary>
    public RecordTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        var shards = capacity < 4096 ? 1 : 64;
        _shards =
        [
            .. Enumerable.Range(0, shards).Select(_ => new RecordShard<TRecord>((capacity + shards - 1) / shards)),
        ];
    }

    public int Count => _shards.Sum(s => s.Count);

    public long Bytes => _shards.Sum(s => s.Bytes);

    /// <summary>The shard of the key. Take its lock, ask it, and let go.</summary>
    public RecordShard<TRecord> ShardOf(ulong hash) => _shards[(int)(hash >> 58) & (_shards.Length - 1)];

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
            var hash = TrackedKey.Mix(record.Key);
            var shard = ShardOf(hash);
            lock (shard.Lock)
            {
                shard.FindOrAdd(record.Key, hash, out _).Merge(record);
            }
        }

        return true;
    }
}
