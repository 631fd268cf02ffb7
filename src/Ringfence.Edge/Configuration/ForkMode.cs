namespace Ringfence.Edge.Configuration;

/// <summary>How a call reaches several targets (RFC 3261 §16.6).</summary>
public enum ForkMode
{
    /// <summary>One after the other, until one answers.</summary>
    Sequential,

    /// <summary>All at once.</summary>
    Parallel,
}
