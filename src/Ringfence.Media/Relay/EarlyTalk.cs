using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// Counts how long caller and callee talk with each other before the answer: nobody pays for that (RFC 3960 section 6). Not
/// thread-safe.
/// </summary>
/// <param name="most">How long they may.</param>
/// <param name="reached">Told once, when they have.</param>
internal sealed class EarlyTalk(TimeSpan most, Action reached)
{
    /// <summary>People take turns: who spoke this lately takes part.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private bool _isTold;

    public TimeSpan Talked { get; private set; }

    public bool IsReached => _isTold;

    /// <summary>A tick of the clock before the answer.</summary>
    public void Tick(TimeSpan now, TimeSpan? callerSpoke, TimeSpan? calleeSpoke)
    {
        if (now - callerSpoke > Turn || now - calleeSpoke > Turn || callerSpoke is null || calleeSpoke is null)
        {
            return;
        }
        Talked += MediaClock.Interval;
        if (Talked >= most && !_isTold)
        {
            _isTold = true;
            reached();
        }
    }
}
