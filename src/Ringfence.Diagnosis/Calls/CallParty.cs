namespace Ringfence.Diagnosis.Calls;

/// <summary>A side of a call.</summary>
public enum CallParty
{
    /// <summary>The trace does not say.</summary>
    Unknown,

    /// <summary>The side that sent the INVITE.</summary>
    Caller,

    /// <summary>The side that answered it.</summary>
    Callee,
}
