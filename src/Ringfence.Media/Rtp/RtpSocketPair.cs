namespace Ringfence.Media.Rtp;

/// <summary>An even port for RTP and the odd one above it for RTCP (RFC 3550 section 11).</summary>
public sealed class RtpSocketPair : IDisposable
{
    private readonly Action<int>? _released;

    internal RtpSocketPair(RtpSocket rtp, RtpSocket rtcp, Action<int>? released)
    {
        Rtp = rtp;
        Rtcp = rtcp;
        _released = released;
    }

    /// <summary>The socket of RTP.</summary>
    public RtpSocket Rtp { get; }

    /// <summary>The socket of RTCP.</summary>
    public RtpSocket Rtcp { get; }

    /// <summary>Closes both and gives the ports back to their range.</summary>
    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
        _released?.Invoke(Rtp.LocalEndPoint.Port);
    }
}
