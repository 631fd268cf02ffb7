namespace Ringfence.Media.Rtp;

/// <summary>The fixed header of an RTP packet (RFC 3550 section 5.1).</summary>
/// <param name="PayloadType">What the payload is, 0 to 127.</param>
/// <param name="Marker">For audio: first packet of a talkspurt (RFC 3551 section 4.1).</param>
/// <param name="Sequence">Grows by one with every packet.</param>
/// <param name="Timestamp">Sampling instant of the first octet, in units of the clock rate.</param>
/// <param name="Ssrc">Synchronization source.</param>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc);
