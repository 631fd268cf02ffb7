using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>When a flow is pinged next, and until when the answer must have come (RFC 5626 §4.4.1).</summary>
/// <param name="deadlines">Knows the time.</param>
/// <param name="period">The longest silence.</param>
/// <param name="isAnswered">
/// True where the far end is known to answer. Where not, one that has answered once has to from then on: one that knows nothing of
/// keep-alives reads over empty lines (RFC 3261 §7.5), and its silence means nothing.
/// </param>
internal sealed class FlowKeepAlive(StreamDeadlines deadlines, TimeSpan period, bool isAnswered)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private long _pingAt;
    private long _answerBy = long.MaxValue;
    private bool _isAnswered = isAnswered;

    /// <summary>
    /// How a new connection is held open; null where that is the far end's business. Flows that this side opened, by CRLF (RFC 5626 §4.4.1);
    /// WebSockets, four times as often, for browsers do not ping and what stands between forgets them within a minute (RFC 7118 §6).
    /// </summary>
    internal static FlowKeepAlive? Of(StreamConnection connection, Streams streams)
    {
        TimeSpan period = streams.Options.KeepAlive;
        return period <= TimeSpan.Zero ? null
            : connection.FarEnd.IsWebSocket ? new FlowKeepAlive(streams.Deadlines, period / 4, isAnswered: true)
            : connection.IsAccepted ? null
            : new FlowKeepAlive(streams.Deadlines, period, isAnswered: false);
    }

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
        if (!isFirst && Volatile.Read(ref _isAnswered))
        {
            Interlocked.CompareExchange(ref _answerBy, deadlines.After(AnswerTime), long.MaxValue);
        }

        return !isFirst;
    }

    internal void OnAnswer()
    {
        Volatile.Write(ref _isAnswered, true);
        Volatile.Write(ref _answerBy, long.MaxValue);
    }
}
