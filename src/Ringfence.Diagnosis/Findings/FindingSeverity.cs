namespace Ringfence.Diagnosis.Findings;

/// <summary>How much a finding matters to the call.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is broken by it.</summary>
    Information,

    /// <summary>May break the call with some peers, or made it worse.</summary>
    Warning,

    /// <summary>Broke the call, or what the caller heard of it.</summary>
    Error,
}
