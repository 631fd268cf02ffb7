using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Capture.Fetches;

namespace Ringfence.Diagnosis.Findings;

/// <summary>The calls of a trace by their parties, for rules that look at more than one call.</summary>
internal sealed class TraceIndex
{
    private readonly ILookup<(string From, string To), Call> _byParties;
    private readonly ILookup<string, Call> _byFrom;
    private readonly ILookup<string, Call> _byTo;
    private readonly Dictionary<AddressBits, Call[]> _bySource;
    private readonly Dictionary<string, FetchStep[]> _fetches;

    public TraceIndex(CallTrace trace)
    {
        var calls = trace
            .Calls.Where(call => call.Invite is not null)
            .Select(call => (Call: call, call.From, call.To))
            .ToList();
        _byParties = calls.ToLookup(c => (c.From, c.To), c => c.Call);
        _byFrom = calls.ToLookup(c => c.From, c => c.Call, StringComparer.Ordinal);
        _byTo = calls.ToLookup(c => c.To, c => c.Call, StringComparer.Ordinal);
        _bySource = calls
            .GroupBy(c => c.Call.Invite!.Source.Bits)
            .ToDictionary(
                group => group.Key,
                group => group.Select(c => c.Call).OrderBy(c => c.Invite!.Time).ToArray()
            );
        _fetches = trace
            .Capture.Fetches.GroupBy(step => step.Host, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What was fetched over https from a host within a time, in order; from those that nothing named where the name is empty.</summary>
    public ArraySegment<FetchStep> Fetches(string host, long from, long to)
    {
        if (!_fetches.TryGetValue(host, out var steps))
        {
            return ArraySegment<FetchStep>.Empty;
        }

        var start = FirstAfter(steps, step => step.Time, from - 1);
        return new ArraySegment<FetchStep>(steps, start, FirstAfter(steps, step => step.Time, to) - start);
    }

    /// <summary>Calls between the same two, this one included.</summary>
    public IEnumerable<Call> SameParties(Call call) => _byParties[(call.From, call.To)];

    /// <summary>Calls of the same caller.</summary>
    public IEnumerable<Call> SameCaller(Call call) => _byFrom[call.From];

    /// <summary>Calls to the same callee.</summary>
    public IEnumerable<Call> SameCallee(Call call) => _byTo[call.To];

    /// <summary>The next call between the same two within a time after this one's final response.</summary>
    public Call? NextAttempt(Call call, long within) =>
        SameParties(call)
            .FirstOrDefault(other =>
                other != call && other.Invite!.Time > call.Final!.Time && other.Invite.Time - call.Final.Time < within
            );

    /// <summary>Calls from the same address that began within a time before this one, this one included.</summary>
    public ArraySegment<Call> JustBefore(Call call, long within)
    {
        var calls = _bySource[call.Invite!.Source.Bits];
        var end = FirstAfter(calls, c => c.Invite!.Time, call.Invite.Time);
        var start = FirstAfter(calls, c => c.Invite!.Time, call.Invite.Time - within);
        return new ArraySegment<Call>(calls, start, end - start);
    }

    private static int FirstAfter<T>(T[] ordered, Func<T, long> timeOf, long time)
    {
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = timeOf(ordered[middle]) > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
