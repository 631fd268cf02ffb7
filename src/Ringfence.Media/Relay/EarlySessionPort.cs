using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>The ports of an early session towards the caller.</summary>
internal sealed class EarlySessionPort(RtpRelay relay, RelaySide side, Action<IMediaStream> over) : IMediaStream
{
    private uint _timestamp;
    private TimeSpan _now;
    private int _ticksLeft = -1;

    public RelaySide Side => side;

    public IEnumerable<RtpSocket> Sockets => side.Sockets;

    /// <summary>The early session is over: the ports may be closed so many ticks later.</summary>
    public void End(uint timestamp, int ticks) => (_timestamp, _ticksLeft) = (timestamp, ticks);

    public void Sweep(TimeSpan now)
    {
        _now = now;
        relay.SweepEarly(side, now);
    }

    public void Tick(TimeSpan now, int skipped)
    {
        if (_ticksLeft > 0 && --_ticksLeft == 0)
        {
            over(this);
        }
    }

    public void Removed() => side.Close(_timestamp, _now);
}
