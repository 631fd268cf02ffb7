using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>The ports of the early sessions with callees.</summary>
internal sealed class EarlyCalleePort(RtpRelay relay, RtpSocketPair sockets) : IMediaStream
{
    public IEnumerable<RtpSocket> Sockets => [sockets.Rtp];

    public void Sweep(TimeSpan now) => relay.SweepEarly(relay.Callee, now);

    public void Tick(TimeSpan now, int skipped) { }

    public void Removed()
    {
        relay.ClosedEarlyPort();
        sockets.Dispose();
    }
}
