namespace Ringfence.Media.Relay;

/// <summary>What a side sent and was sent. Times are since the clock's beginning.</summary>
/// <param name="PacketsReceived">Packets that came from the side and were believed.</param>
/// <param name="PacketsRefused">Packets from elsewhere, or that were no RTP.</param>
/// <param name="PacketsLost">Packets missing in the sequence.</param>
/// <param name="PacketsSent">Packets sent to the side.</param>
/// <param name="FirstPacket">When the first packet came, or null.</param>
/// <param name="LastPacket">When the last packet came, or null.</param>
/// <param name="LastSound">When the last packet came that was not silence, or null.</param>
/// <param name="Jitter">Interarrival jitter (RFC 3550 section 6.4.1).</param>
public sealed record SideCounters(
    long PacketsReceived,
    long PacketsRefused,
    long PacketsLost,
    long PacketsSent,
    TimeSpan? FirstPacket,
    TimeSpan? LastPacket,
    TimeSpan? LastSound,
    TimeSpan Jitter
);
