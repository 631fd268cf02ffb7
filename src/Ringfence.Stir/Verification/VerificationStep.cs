namespace Ringfence.Stir.Verification;

/// <summary>One step that was taken for one identity.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Fault">What was wrong or is worth a report, or <see cref="Verification.Fault.None"/>.</param>
/// <param name="Elapsed">How long it took; of steps measured together, the first carries the time.</param>
public readonly record struct VerificationStep(VerificationRule Rule, Fault Fault, TimeSpan Elapsed)
{
    /// <summary>How it ended.</summary>
    public StepOutcome Outcome =>
        Fault == Fault.None ? StepOutcome.Held
        : FaultStatus.IsWarning(Fault) ? StepOutcome.Warned
        : StepOutcome.Failed;
}
