namespace Ringfence.Edge.Configuration;

/// <summary>What takes the media of a trunk's callers.</summary>
public enum TrunkMedia
{
    /// <summary>The edge's relay alone.</summary>
    Own,

    /// <summary>rtpengine, and the edge's relay behind it.</summary>
    RtpEngine,
}
