namespace Ringfence.Edge.Configuration;

/// <summary>Which media of a call may flow before the answer.</summary>
[Flags]
public enum EarlyDirections
{
    /// <summary>None: the caller hears ringback of the edge only.</summary>
    None = 0,

    /// <summary>From the callee to the caller.</summary>
    Backward = 1,

    /// <summary>From the caller to the callee.</summary>
    Forward = 2,

    /// <summary>Both ways.</summary>
    Both = Backward | Forward,
}
