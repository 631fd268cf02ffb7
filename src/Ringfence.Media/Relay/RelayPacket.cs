using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>Told of a packet that came from a side.</summary>
internal delegate void RelayPacket(
    RelaySide side,
    RelayStream from,
    in RtpPacket packet,
    RelayPayload kind,
    RtpArrival arrival,
    TimeSpan now
);
