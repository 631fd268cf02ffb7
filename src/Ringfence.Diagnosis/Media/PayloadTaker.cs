using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Takes one packet of a stream in the clear.</summary>
internal delegate void PayloadTaker(in RtpHeader header, ReadOnlySpan<byte> payload);
