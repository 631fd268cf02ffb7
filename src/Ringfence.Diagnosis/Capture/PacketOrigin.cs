namespace Ringfence.Diagnosis.Capture;

/// <summary>Where a packet was written down.</summary>
public enum PacketOrigin : byte
{
    /// <summary>A frame of a capture.</summary>
    Wire,

    /// <summary>An encapsulation protocol (HEP) packet of a capture agent.</summary>
    Hep,

    /// <summary>A text log.</summary>
    Log,
}
