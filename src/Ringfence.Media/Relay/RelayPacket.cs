using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>Told of a packet that came from a side.</summary>
internal delegate void RelayPacket(RelaySide from, in RtpPacket packet, RtpArrival arrival, TimeSpan now);
