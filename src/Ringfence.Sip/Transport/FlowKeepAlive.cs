using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>When a flow is pinged next, and until when the answer must have come (RFC 5626 §4.4.1).</summary>
internal sealed class FlowKeepAlive(StreamDeadlines deadlines, LaneRandom random, TimeSpan period)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private long _pingAt = Next(deadlines, random, period);
    private long _answerBy = long.MaxValue;

    /// <summary>True when the answer has not come in time.</summary>
    internal bool HasFailed(long now) => now > Volatile.Read(ref _answerBy);

    /// <summary>True when a ping is due now; asked by the sweep alone.</summary>
    internal bool IsDue(long now)
    {
        if (now < _pingAt)
        {
            return false;
        }

        _pingAt = Next(deadlines, random, period);
        Interlocked.CompareExchange(ref _answerBy, deadlines.After(AnswerTime), long.MaxValue);
        return true;
    }

    internal void OnAnswer() => Volatile.Write(ref _answerBy, long.MaxValue);

    // Between 80 and 100 percent of the period, so that flows that broke together are not pinged together.
    private static long Next(StreamDeadlines deadlines, LaneRandom random, TimeSpan period) =>
        deadlines.After(period * (0.8 + (random.Next(201) / 1000.0)));
}
