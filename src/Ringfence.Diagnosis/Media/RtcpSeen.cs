using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>One RTCP packet, for who wants to show when it came.</summary>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Loss">The highest fraction lost that it reports, 0 to 1.</param>
public readonly record struct RtcpSeen(long Time, PacketAddress Source, PacketAddress Destination, double Loss);
