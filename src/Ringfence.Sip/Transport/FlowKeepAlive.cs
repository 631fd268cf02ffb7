using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>When a flow is pinged next, and until when the answer must have come (RFC 5626 §4.4.1).</summary>
internal sealed class FlowKeepAlive(StreamDeadlines deadlines, TimeSpan period)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private long _pingAt;
    private long _answerBy = long.MaxValue;

    /// <summary>True when the answer has not come in time.</summary>
    internal bool HasFailed(long now) => now > Volatile.Read(ref _answerBy);

    /// <summary>True when a ping is due now. One thread only.</summary>
    internal bool IsDue(long now, LaneRandom random)
    {
        if (now < _pingAt)
        {
            return false;
        }

        // Between 80 and 100 percent of the period, so that flows that broke together are not pinged together.
        bool isFirst = _pingAt == 0;
        _pingAt = deadlines.After(period * (0.8 + (random.Next(201) / 1000.0)));
        if (!isFirst)
        {
            Interlocked.CompareExchange(ref _answerBy, deadlines.After(AnswerTime), long.MaxValue);
        }

        return !isFirst;
    }

    internal void OnAnswer() => Volatile.Write(ref _answerBy, long.MaxValue);
}
