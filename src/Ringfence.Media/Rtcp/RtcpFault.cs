namespace Ringfence.Media.Rtcp;

/// <summary>Why a datagram is no compound RTCP packet (RFC 3550 section 6.1 and appendix A.2).</summary>
public enum RtcpFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Shorter than a header, or not a multiple of four octets.</summary>
    Length,

    /// <summary>The version of a part is not 2.</summary>
    Version,

    /// <summary>The first part is neither a sender nor a receiver report.</summary>
    First,

    /// <summary>A part goes past the end, or is too short for what it says that it holds.</summary>
    Truncated,

    /// <summary>More than <see cref="RtcpPacket.MaxParts"/> parts.</summary>
    TooManyParts,
}
