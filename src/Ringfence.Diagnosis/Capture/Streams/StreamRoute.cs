namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Between whom a byte stream goes, and where its messages are to be delivered.</summary>
internal sealed record StreamRoute(PacketAddress Source, PacketAddress Destination, PacketOutlet Outlet, int MaxBytes);
