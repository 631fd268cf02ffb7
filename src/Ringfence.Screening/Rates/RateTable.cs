using System.Buffers;
using System.Runtime.CompilerServices;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rates;

/// <summary>
/// Watches how numbers dial, in one line of the cache a number and bounded memory: callers, the callees that they ring, and the
/// blocks of a hundred numbers that they come from. Safe for many threads.
/// </summary>
/// <remarks>
/// Nodes share what they see: each keeps a second, small table of its own calls since it last told the others, and the
/// others absorb that. Joining is commutative, so that the order of messages does not matter.
/// </remarks>
/// <param name="capacity">How many numbers, callees and blocks to keep; the longest unseen make room. 72 bytes each.</param>
public sealed class RateTable(int capacity = 1_000_000)
{
    private readonly RecordTable<RateRecord> _records = new(capacity);

    /// <summary>Numbers, callees and blocks that are kept.</summary>
    public int Count => _records.Count;

    /// <summary>Memory taken, in bytes.</summary>
    public long Bytes => _records.Bytes;

    /// <summary>
    /// Asks for the memory in which a call between the two is looked up, without waiting for it. Whoever has other work to do
    /// before asks as soon as the two are known, and does not wait afterwards.
    /// </summary>
    public void Prefetch(in Party caller, in Party callee) => _ = CallOf(caller, callee);

    /// <summary>Counts a call that begins, and tells how the caller has been dialling, this call included.</summary>
    public RateFacts Observe(in Party caller, in Party callee, DateTimeOffset at)
    {
        var now = TrackedTime.Of(at);
        var call = CallOf(caller, callee);
        PrefetchRecords(call);
        var facts = call.Caller.Key == 0 ? RateFacts.Unseen : CountCaller(call, caller.Number, callee.Number, now);
        return facts with
        {
            CallersOfCallee = CountOthers(call.Callee, call.Caller.Key, now),
            BlockCallers = CountOthers(call.Block, call.Caller.Key, now),
        };
    }

    /// <summary>Tells how the caller has been dialling, and counts nothing.</summary>
    public RateFacts Peek(in Party caller, in Party callee, DateTimeOffset at)
    {
        var now = TrackedTime.Of(at);
        var call = CallOf(caller, callee);
        PrefetchRecords(call);
        var facts = Find(call.Caller, out var record) ? record.At(now).Read() : RateFacts.Unseen;
        return facts with
        {
            CallersOfCallee = Find(call.Callee, out record) ? record.At(now).CountOthers() : 0,
            BlockCallers = Find(call.Block, out record) ? record.At(now).CountOthers() : 0,
        };
    }

    /// <summary>Counts how a call ended.</summary>
    public void End(in Party caller, CallEnding ending, DateTimeOffset at)
    {
        var tracked = Tracked(TrackedKey.Of(caller, TrackedRole.Caller));
        if (tracked.Key != 0)
        {
            var shard = _records.ShardOf(tracked.Hash);
            lock (shard.Lock)
            {
                shard.FindOrAdd(tracked.Key, tracked.Hash, out _).CountEnding(TrackedTime.Of(at), ending);
            }
        }
    }

    /// <summary>Forgets the caller: its number has a new owner.</summary>
    public void Reassign(in Party caller)
    {
        var tracked = Tracked(TrackedKey.Of(caller, TrackedRole.Caller));
        var shard = _records.ShardOf(tracked.Hash);
        lock (shard.Lock)
        {
            shard.Remove(tracked.Key);
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

    /// <summary>How many lines of the cache hold what is kept of the caller, those included that say where it is.</summary>
    internal int CountLines(in Party caller)
    {
        var tracked = Tracked(TrackedKey.Of(caller, TrackedRole.Caller));
        return _records.ShardOf(tracked.Hash).CountLines(tracked.Key, tracked.Hash);
    }

    private Tracked Tracked(ulong key) => new(key, _records.HashOf(key));

    /// <summary>The three that a call is counted for. Their lines of the index are on their way when this returns.</summary>
    private TrackedCall CallOf(in Party caller, in Party callee)
    {
        var call = new TrackedCall(
            Tracked(TrackedKey.Of(caller, TrackedRole.Caller)),
            Tracked(TrackedKey.Of(callee, TrackedRole.Callee)),
            Tracked(TrackedKey.OfBlock(caller))
        );
        _records.PrefetchIndex(call.Caller.Hash);
        _records.PrefetchIndex(call.Callee.Hash);
        _records.PrefetchIndex(call.Block.Hash);
        return call;
    }

    // The locks below let nothing pass them: what is not under way before the first of them is waited for one by one.
    private void PrefetchRecords(in TrackedCall call)
    {
        _records.PrefetchRecord(call.Caller.Hash);
        _records.PrefetchRecord(call.Callee.Hash);
        _records.PrefetchRecord(call.Block.Hash);
    }

    private RateFacts CountCaller(in TrackedCall call, PhoneNumber self, PhoneNumber callee, uint now)
    {
        var (key, hash) = call.Caller;
        var shard = _records.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.FindOrAdd(key, hash, out _);
            record.Count(now, call.Callee.Key, self, callee);
            return record.Read();
        }
    }

    private int CountOthers(Tracked tracked, ulong other, uint now)
    {
        if (tracked.Key == 0)
        {
            return 0;
        }

        var shard = _records.ShardOf(tracked.Hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.FindOrAdd(tracked.Key, tracked.Hash, out _);
            record.Count(now, other, default, default);
            return record.CountOthers();
        }
    }

    private bool Find(Tracked tracked, out RateRecord found)
    {
        var shard = _records.ShardOf(tracked.Hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.Find(tracked.Key, tracked.Hash);
            found = Unsafe.IsNullRef(ref record) ? default : record;
            return found.Key != 0;
        }
    }
}
