namespace Ringfence.Diagnosis.Calls;

/// <summary>Sorts messages into calls by Call-ID, and tells what was sent again. Bounded: the oldest calls are let go first.</summary>
internal sealed class CallTable(TraceLimits limits)
{
    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Queue<Call> _order = new();
    private long _bytes;

    /// <summary>Calls that were let go to keep memory bounded.</summary>
    public long Dropped { get; private set; }

    /// <summary>The calls in order of their first message.</summary>
    public IEnumerable<Call> Calls => _order.OrderBy(call => call.Start);

    public Call Add(TraceMessage message)
    {
        if (!_calls.TryGetValue(message.CallId, out var call))
        {
            call = new Call(message.CallId);
            _calls.Add(message.CallId, call);
            _order.Enqueue(call);
        }

        message.IsRetransmission = WasSent(call.MutableMessages, message);
        call.MutableMessages.Add(message);
        _bytes += message.Sip.Bytes.Length;
        while (_order.Count > 1 && (_order.Count > limits.MaxCalls || _bytes > limits.MaxMessageBytes))
        {
            Drop(_order.Dequeue());
        }

        return call;
    }

    // What is sent again follows soon: 64 messages back is further than any timer reaches.
    private static bool WasSent(List<TraceMessage> before, TraceMessage message)
    {
        const int Reach = 64;
        for (var i = before.Count - 1; i >= Math.Max(0, before.Count - Reach); i--)
        {
            if (message.Repeats(before[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void Drop(Call call)
    {
        Dropped++;
        _calls.Remove(call.CallId);
        foreach (var message in call.Messages)
        {
            _bytes -= message.Sip.Bytes.Length;
        }
    }
}
