namespace Ringfence.Diagnosis.Findings;

/// <summary>What makes a finding a fault.</summary>
public enum FindingBasis
{
    /// <summary>A MUST of an RFC.</summary>
    Must,

    /// <summary>A SHOULD of an RFC.</summary>
    Should,

    /// <summary>Allowed, and known to fail between products.</summary>
    Interop,

    /// <summary>No rule: what was seen explains the outcome.</summary>
    Observed,
}
