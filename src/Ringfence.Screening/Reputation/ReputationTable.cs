using System.Buffers;
using System.Runtime.CompilerServices;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rates;

namespace Ringfence.Screening.Reputation;

/// <summary>
/// What callees say of callers, in fixed memory for each caller that anybody has complained of. The score weighs complaints
/// against delivered calls, recent ones more, and no reporter for more than one. Safe for many threads.
/// </summary>
/// <remarks>
/// A report is rare and small: nodes pass reports on to each other and each applies them all. One that comes twice adds
/// nothing, for a reporter's part is capped.
/// </remarks>
/// <param name="capacity">How many complained-of callers to keep; the longest unseen make room. 112 bytes each, and 24 for each who complains.</param>
public sealed class ReputationTable(int capacity = 100_000)
{
    private const int ReportsPerDay = 20;
    private static readonly TimeSpan VouchedFor = TimeSpan.FromDays(90);

    private readonly RecordTable<ReputationRecord> _callers = new(capacity);
    private readonly RecordTable<ReporterRecord> _reporters = new(capacity);

    /// <summary>Callers that are kept.</summary>
    public int Count => _callers.Count;

    /// <summary>Memory taken, in bytes.</summary>
    public long Bytes => _callers.Bytes + _reporters.Bytes;

    /// <summary>Weighs a report and adds it, where it counts.</summary>
    public ReportOutcome Report(in UnwantedReport report)
    {
        var key = TrackedKey.Of(report.Caller, TrackedRole.Caller);
        if (key == 0)
        {
            return ReportOutcome.NoIdentity;
        }

        if (!report.IdentityHeld)
        {
            return ReportOutcome.IdentityUnproven;
        }

        var now = TrackedTime.Of(report.At);
        var reporter = TrackedKey.Of(report.Reporter, TrackedRole.Reporter);
        if (reporter == 0 || CountReport(reporter, now) > ReportsPerDay)
        {
            return ReportOutcome.ReporterCapped;
        }

        var hash = _callers.HashOf(key);
        var shard = _callers.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.FindOrAdd(key, hash, out var isNew);
            if (isNew)
            {
                record.AddDelivered(now, report.DeliveredBefore);
            }

            var added = record.Add(now, TrackedKey.Mix(reporter), WeightOf(report.Channel));
            return added > 0 ? ReportOutcome.Counted : ReportOutcome.ReporterCapped;
        }
    }

    /// <summary>Counts a delivered call; of callers that nobody has complained of nothing is kept.</summary>
    public void Delivered(in Party caller, DateTimeOffset at)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        var hash = _callers.HashOf(key);
        var shard = _callers.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.Find(key, hash);
            if (!Unsafe.IsNullRef(ref record))
            {
                record.AddDelivered(TrackedTime.Of(at), 1);
            }
        }
    }

    /// <summary>Asks for the memory in which the caller is looked up, without waiting for it.</summary>
    public void Prefetch(in Party caller) =>
        _callers.PrefetchIndex(_callers.HashOf(TrackedKey.Of(caller, TrackedRole.Caller)));

    /// <summary>What is thought of the caller.</summary>
    public ReputationFacts Read(in Party caller, DateTimeOffset at)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        var hash = _callers.HashOf(key);
        var shard = _callers.ShardOf(hash);
        lock (shard.Lock)
        {
            ref var record = ref shard.Find(key, hash);
            return Unsafe.IsNullRef(ref record) ? ReputationFacts.Clean : record.Read(TrackedTime.Of(at));
        }
    }

    /// <summary>
    /// Grants an appeal: the evidence is gone, and the caller is vouched for during ninety days or until five callees complain
    /// anew. False for a caller that cannot be told from others.
    /// </summary>
    public bool GrantAppeal(in Party caller, DateTimeOffset at)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        if (key == 0)
        {
            return false;
        }

        var hash = _callers.HashOf(key);
        var shard = _callers.ShardOf(hash);
        lock (shard.Lock)
        {
            shard.FindOrAdd(key, hash, out _).Vouch(TrackedTime.Of(at), TrackedTime.Of(at + VouchedFor));
        }

        return true;
    }

    /// <summary>Forgets the caller: its number has a new owner (RFC 8197 §6).</summary>
    public void Reassign(in Party caller)
    {
        var key = TrackedKey.Of(caller, TrackedRole.Caller);
        var shard = _callers.ShardOf(_callers.HashOf(key));
        lock (shard.Lock)
        {
            shard.Remove(key);
        }
    }

    /// <summary>Writes out what is kept of callers, for other nodes or a later run to absorb.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _callers.Write(writer, andForget: false);
    }

    /// <summary>
    /// Takes in what was saved; what comes twice adds nothing. False, and nothing is taken, where the length is no whole number
    /// of records.
    /// </summary>
    public bool Absorb(ReadOnlySpan<byte> records) => _callers.TryMerge(records);

    private static float WeightOf(ReportChannel channel) =>
        channel switch
        {
            ReportChannel.BeforeAnswer => 1f,
            ReportChannel.MidCall => 0.5f,
            _ => 0.75f,
        };

    private int CountReport(ulong reporter, uint now)
    {
        var hash = _reporters.HashOf(reporter);
        var shard = _reporters.ShardOf(hash);
        lock (shard.Lock)
        {
            return shard.FindOrAdd(reporter, hash, out _).Count(now);
        }
    }
}
