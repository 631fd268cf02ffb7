namespace Ringfence.Screening.Policy;

/// <summary>How bad a mistake is.</summary>
public enum MistakeSeverity : byte
{
    /// <summary>The policy works, but perhaps not as its author thinks.</summary>
    Warning,

    /// <summary>The policy cannot be used.</summary>
    Error,
}
