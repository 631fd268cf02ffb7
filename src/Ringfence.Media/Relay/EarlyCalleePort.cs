using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>The ports of the early sessions with callees.</summary>
internal sealed class EarlyCalleePort(RtpRelay relay, RtpSocketPair sockets, Action<IMediaStream> over) : IMediaStream
{
    private int _ticksLeft = -1;

    public IEnumerable<RtpSocket> Sockets => [sockets.Rtp];

    /// <summary>No early session is left: the ports may be closed so many ticks later.</summary>
    public void End(int ticks) => _ticksLeft = ticks;

    public void Sweep(TimeSpan now) => relay.SweepEarly(relay.Callee, now);

    public void Tick(TimeSpan now, int skipped)
    {
        if (_ticksLeft > 0 && --_ticksLeft == 0)
        {
            over(this);
        }
    }

    public void Removed()
    {
        relay.Callee.EarlySockets = null;
        sockets.Dispose();
    }
}
