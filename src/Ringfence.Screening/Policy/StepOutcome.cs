namespace Ringfence.Screening.Policy;

/// <summary>What became of one rule when a call was tried.</summary>
public enum StepOutcome : byte
{
    /// <summary>A condition did not hold.</summary>
    DidNotHold,

    /// <summary>It holds, but something before it had decided.</summary>
    CameTooLate,

    /// <summary>It would have challenged, and the caller has passed.</summary>
    AlreadyPassed,

    /// <summary>It marked the call.</summary>
    Marked,

    /// <summary>It decided.</summary>
    Decided,
}
