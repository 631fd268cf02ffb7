namespace Ringfence.Media.Rtp;

/// <summary>Why a datagram is no RTP packet (RFC 3550 section 5.1 and appendix A.1).</summary>
public enum RtpFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Shorter than a header.</summary>
    TooShort,

    /// <summary>The version is not 2.</summary>
    Version,

    /// <summary>It is RTCP: the second octet is 192 to 223 (RFC 5761 section 4).</summary>
    Rtcp,

    /// <summary>The CSRC list goes past the end.</summary>
    Csrc,

    /// <summary>The header extension goes past the end.</summary>
    Extension,

    /// <summary>The padding count is 0 or goes past the payload.</summary>
    Padding,
}
