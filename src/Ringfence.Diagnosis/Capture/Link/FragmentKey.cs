namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>What fragments of one datagram have in common.</summary>
internal readonly record struct FragmentKey(UInt128 Source, UInt128 Destination, uint Identification, byte Protocol);
