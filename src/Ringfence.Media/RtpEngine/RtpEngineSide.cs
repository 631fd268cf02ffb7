namespace Ringfence.Media.RtpEngine;

/// <summary>What the side that gets the rewritten session description speaks.</summary>
public sealed record RtpEngineSide
{
    /// <summary>A plain neighbour: RTP/AVP, no ICE, RTCP on a port of its own.</summary>
    public static readonly RtpEngineSide Plain = new()
    {
        Transport = "RTP/AVP",
        Ice = "remove",
        RtcpMux = ["demux"],
    };

    /// <summary>A browser: DTLS-SRTP, ICE, RTP and RTCP on one port (RFC 8834, RFC 8827).</summary>
    public static readonly RtpEngineSide Browser = new()
    {
        Transport = "UDP/TLS/RTP/SAVPF",
        Ice = "force",
        RtcpMux = ["offer", "require"],
    };

    /// <summary>The protocol of the <c>m=</c> line.</summary>
    public required string Transport { get; init; }

    /// <summary><c>remove</c>, <c>force</c>, <c>default</c> or <c>optional</c>.</summary>
    public required string Ice { get; init; }

    /// <summary>What becomes of RTP and RTCP on one port (RFC 5761).</summary>
    public required string[] RtcpMux { get; init; }

    /// <summary>Further flags in rtpengine's own words.</summary>
    public string[] Flags { get; init; } = [];
}
