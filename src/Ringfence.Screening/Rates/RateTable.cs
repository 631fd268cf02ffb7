using System.Buffers;
using System.Runtime.CompilerServices;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rates;

/// <summary>
/// Watches how numbers dial, in eighty bytes a number and bounded memory: callers, the callees that they ring, and the
/// blocks of a hundred numbers that they come from. Safe for many threads.
/// </summary>
/// <remarks>
/// Nodes share what they see: each keeps a second, small table of its own calls since it last told the others, and the
/// others absorb that. Joining is commutative, so that the order of messages does not matter.
/// </remarks>
/// <param name="capacity">How many numbers, callees and blocks to keep; the longest unseen make room. 86 bytes each.</param>
public sealed class RateTable(int capacity = 1_000_000)
{
    private readonly RecordTable<RateRecord> _records = new(capacity);

    /// <summary>Numbers, callees and blocks that are kept.</summary>
    public int Count => _records.Count;

    /// <summary>Memory taken, in bytes.</summary>
    public long Bytes => _records.Bytes;

    /// <summary>Counts a call that begins, and tells how the caller has been dialling, this call included.</summary>
    public RateFacts Observe(in Party caller, in Party callee, DateTimeOffset at)
    {
        var now = TrackedTime.Of(at);
        var callerKey = TrackedKey.Of(caller, TrackedRole.Caller);
        var calleeKey = TrackedKey.Of(callee, TrackedRole.Callee);
        var facts =
            callerKey == 0 ? RateFacts.Unseen : CountCaller(callerKey, calleeKey, caller.Number, callee.Number, now);
        return facts with
        {
            CallersOfCallee = CountOthers(calleeKey, callerKey, now),
            BlockCallers = CountOthers(TrackedKey.OfBlock(caller), callerKey, now),
        };
    }

    /// <summary>Tells how the caller has been dialling, and counts nothing.</summary>
    public RateFacts Peek(in Party caller, in Party callee, DateTimeOffset at)
    {
        var now = TrackedTime.Of(at);
        var facts = Find(TrackedKey.Of(caller, TrackedRole.Caller), out var record)
            ? record.At(now).Read()
            : RateFacts.Unseen;
        return facts with
        {
            CallersOfCallee = Find(TrackedKey.Of(callee, TrackedRole.Callee), out record)
                ? record.At(now).CountOthers()
                : 0,
            BlockCallers = Find(TrackedKey.OfBlock(caller), out record) ? record.At(now).CountOthers() : 0,
        };
    }

    /// <summary>Counts how a call ended.</summary>
    public void End(in Party caller, CallEnding ending, DateTimeOffset at)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        if (key != 0)
        {
            var hash = TrackedKey.Mix(key);
            var shard = _records.ShardOf(hash);
            lock (shard.Lock)
            {
                shard.FindOrAdd(key, hash, out _).CountEnding(TrackedTime.Of(at), ending);
            }
        }
    }

    /// <summary>Forgets the caller: its number has a new owner.</summary>
    public void Reassign(in Party caller)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        var shard = _records.ShardOf(TrackedKey.Mix(key));
        lock (shard.Lock)
        {
            shard.Remove(key);
        }
    }

    /// <summary>Writes all records out, for other nodes to absorb, and forgets them.</summary>
    public void Drain(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _records.Write(writer, andForget: true);
    }

    /// <summary>Writes all records out, for a later run to absorb.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _records.Write(writer, andForget: false);
    }

    /// <summary>Takes in what was drained or saved; false, and nothing is taken, where the length is no whole number of records.</summary>
    public bool Absorb(ReadOnlySpan<byte> records) => _records.TryMerge(records);

    private RateFacts CountCaller(ulong key, ulong other, PhoneNumber self, PhoneNumber callee, uint now)
    {
        var hash = TrackedKey.Mix(key);
        var shard = _records.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.FindOrAdd(key, hash, out _);
            record.Count(now, other, self, callee);
            return record.Read();
        }
    }

    private int CountOthers(ulong key, ulong other, uint now)
    {
        if (key == 0)
        {
            return 0;
        }

        var hash = TrackedKey.Mix(key);
        var shard = _records.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.FindOrAdd(key, hash, out _);
            record.Count(now, other, default, default);
            return record.CountOthers();
        }
    }

    private bool Find(ulong key, out RateRecord found)
    {
        var hash = TrackedKey.Mix(key);
        var shard = _records.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.Find(key, hash);
            found = Unsafe.IsNullRef(ref record) ? default : record;
            return found.Key != 0;
        }
    }
}
