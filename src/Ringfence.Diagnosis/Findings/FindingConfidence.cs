namespace Ringfence.Diagnosis.Findings;

/// <summary>How sure a finding is.</summary>
public enum FindingConfidence
{
    /// <summary>The trace fits; other explanations fit as well.</summary>
    Possible,

    /// <summary>The trace fits, and other explanations are rare.</summary>
    Likely,

    /// <summary>It stands in the messages.</summary>
    Certain,
}
