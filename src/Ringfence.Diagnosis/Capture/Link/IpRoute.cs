namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>Between whom an IP packet goes, and how long its payload was on the wire.</summary>
internal readonly record struct IpRoute(PacketAddress Source, PacketAddress Destination, int Length);
