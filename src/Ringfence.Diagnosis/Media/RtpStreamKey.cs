using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>What the packets of one stream have in common.</summary>
internal readonly record struct RtpStreamKey(PacketAddress Source, PacketAddress Destination, uint Ssrc)
{
    /// <summary>Cheap on purpose: it is computed once per packet, and sources differ in their numbers and ports.</summary>
    public override int GetHashCode() =>
        unchecked(
            (int)(
                ((Ssrc ^ (uint)Source.Bits.Low) * 0x9E37_79B1)
                + ((uint)Destination.Bits.Low * 0x85EB_CA77)
                + (((uint)Source.Port << 16) ^ Destination.Port)
            )
        );
}
