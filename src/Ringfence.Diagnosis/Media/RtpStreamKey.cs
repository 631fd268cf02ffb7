using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>What the packets of one stream have in common.</summary>
internal readonly record struct RtpStreamKey(PacketAddress Source, PacketAddress Destination, uint Ssrc);
