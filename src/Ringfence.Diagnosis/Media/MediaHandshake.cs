using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>One packet of ICE or DTLS beside the media.</summary>
internal readonly record struct MediaHandshake(
    HandshakeKind Kind,
    long Frame,
    long Time,
    PacketAddress Source,
    PacketAddress Destination
);
