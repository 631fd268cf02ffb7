namespace Ringfence.Media.Rtp;

/// <summary>What a packet is with regard to the sequence so far (RFC 3550 appendix A.1).</summary>
public enum RtpArrival
{
    /// <summary>The first of the stream, or of a new SSRC.</summary>
    First,

    /// <summary>The next one.</summary>
    InOrder,

    /// <summary>Packets before it are missing, lost or still to come.</summary>
    AfterGap,

    /// <summary>An earlier one that was missing so far.</summary>
    Reordered,

    /// <summary>It was there before.</summary>
    Duplicate,

    /// <summary>A jump too large to be loss; believed only when the next one follows it.</summary>
    Suspect,

    /// <summary>The second after a large jump: the sender began anew.</summary>
    Restarted,
}
