namespace Ringfence.Media.Playout;

/// <summary>What became of a packet that was put into a jitter buffer.</summary>
internal enum JitterBufferPut
{
    /// <summary>It waits for its turn.</summary>
    Kept,

    /// <summary>It is there already.</summary>
    Duplicate,

    /// <summary>Its turn is over.</summary>
    Late,

    /// <summary>It is the first of another numbering; what waited is dropped.</summary>
    Restarted,
}
