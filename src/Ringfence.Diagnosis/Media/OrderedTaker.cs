using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Takes one packet of a stream in the order in which it was sent.</summary>
/// <param name="header">Its header.</param>
/// <param name="payload">Its payload, valid only during the call.</param>
/// <param name="arrival">Nanoseconds since 1970; 0 where that is not known.</param>
internal delegate void OrderedTaker(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival);
