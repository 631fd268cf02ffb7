namespace Ringfence.Stir.Verification;

/// <summary>How a step of verification ended.</summary>
public enum StepOutcome : byte
{
    /// <summary>It held.</summary>
    Held,

    /// <summary>It held, and something is worth a report.</summary>
    Warned,

    /// <summary>It failed, and the token with it.</summary>
    Failed,
}
