namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>What fragments of one datagram have in common.</summary>
internal readonly record struct FragmentKey(
    AddressBits Source,
    AddressBits Destination,
    uint Identification,
    byte Protocol
);
