namespace Ringfence.Edge.Challenge;

/// <summary>What the callee says to a caller that has said its name.</summary>
internal enum CalleeSays : byte
{
    /// <summary>Nothing in time, or nobody is there.</summary>
    Nothing,

    /// <summary>It takes the call.</summary>
    Accepts,

    /// <summary>It wants this caller no more.</summary>
    Refuses,
}
