namespace Ringfence.Screening.Rates;

/// <summary>Records under keys in bounded memory, spread over shards with a lock each. When full, the longest unseen go.</summary>
internal sealed class RecordTable<TRecord>
    where TRecord : struct, ITrackedRecord
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

    public IEnumerable<RecordShard<TRecord>> Shards => _shards;

    /// <summary>The shard of the key. Take its lock, ask it, and let go.</summary>
    public RecordShard<TRecord> ShardOf(ulong hash) => _shards[(int)(hash >> 58) & (_shards.Length - 1)];
}
