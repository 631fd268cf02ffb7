using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Calls;

/// <summary>An ICMP error about a packet.</summary>
/// <param name="Frame">The frame of the error.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Source">Who sent the packet that did not arrive.</param>
/// <param name="Destination">Where it was to go.</param>
public readonly record struct Unreachable(long Frame, long Time, PacketAddress Source, PacketAddress Destination);
