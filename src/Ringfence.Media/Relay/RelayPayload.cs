namespace Ringfence.Media.Relay;

/// <summary>What a payload type stands for in a stream.</summary>
internal enum RelayPayload
{
    /// <summary>Nobody named it.</summary>
    Unknown,

    /// <summary>Audio samples.</summary>
    Audio,

    /// <summary>Telephone events (RFC 4733).</summary>
    Event,

    /// <summary>Comfort noise (RFC 3389).</summary>
    Noise,
}
