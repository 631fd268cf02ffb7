using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// Counts the calls of the last hour as their records are written, on the writer's thread and far from any lane, and tells pages that
/// something has changed. Its size is that of sixty minutes.
/// </summary>
internal sealed class CallBoard(TimeProvider clock)
{
    private const int MinutesKept = 60;
    private const int MostTrunks = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, MinuteOfCalls> _minutes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes in a batch of records.</summary>
    internal void Add(IReadOnlyList<CallRecord> calls)
    {
        long now = MinuteOf(clock.GetUtcNow());
        lock (_lock)
        {
            foreach (long old in _minutes.Keys.Where(minute => minute <= now - MinutesKept).ToArray())
            {
                _minutes.Remove(old);
            }

            foreach (CallRecord call in calls)
            {
                long minute = MinuteOf(call.Started);
                if (!call.IsAgain && minute > now - MinutesKept && minute <= now)
                {
                    Count(minute, call);
                }
            }
        }

        Tell(ref _changed);
    }

    /// <summary>Findings on some calls have been written: they come after the records.</summary>
    internal void Looked() => Tell(ref _looked);

    /// <summary>Ends when the next findings are written.</summary>
    internal Task Found => Volatile.Read(ref _looked).Task;

    /// <summary>Ends when the next batch is in.</summary>
    internal Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The last hour.</summary>
    internal HourOfCalls Hour()
    {
        long now = MinuteOf(clock.GetUtcNow());
        var identities = new Dictionary<string, int>(StringComparer.Ordinal);
        var early = new SortedDictionary<string, EarlyHealth>(StringComparer.Ordinal);
        var minutes = new List<int[]>(MinutesKept);
        lock (_lock)
        {
            for (long minute = now - MinutesKept + 1; minute <= now; minute++)
            {
                if (!_minutes.TryGetValue(minute, out MinuteOfCalls? calls))
                {
                    minutes.Add([0, 0, 0]);
                    continue;
                }

                minutes.Add([.. calls.Verdicts]);
                foreach ((string identity, int count) in calls.Identities)
                {
                    identities[identity] = identities.GetValueOrDefault(identity) + count;
                }

                foreach ((string trunk, EarlyHealth health) in calls.Early)
                {
                    early[trunk] = early.GetValueOrDefault(trunk) + health;
                }
            }
        }

        return new HourOfCalls(DateTimeOffset.FromUnixTimeSeconds(now * 60), minutes, identities, early);
    }

    private static void Tell(ref TaskCompletionSource waiting) =>
        Interlocked
            .Exchange(ref waiting, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();

    private void Count(long minute, CallRecord call)
    {
        if (!_minutes.TryGetValue(minute, out MinuteOfCalls? counts))
        {
            _minutes.Add(minute, counts = new MinuteOfCalls());
        }

        counts.Verdicts[
            call.Verdict is "Refuse" ? 2
            : call.Verdict is "Challenge" ? 1
            : 0
        ]++;
        string identity = call.Attestation.Length > 0 ? call.Attestation : call.Verification;
        counts.Identities[identity] = counts.Identities.GetValueOrDefault(identity) + 1;
        if (EarlyHealth.Of(call) is { Progressed: > 0 } health && counts.Early.Count < MostTrunks)
        {
            counts.Early[call.Trunk] = counts.Early.GetValueOrDefault(call.Trunk) + health;
        }
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
}
