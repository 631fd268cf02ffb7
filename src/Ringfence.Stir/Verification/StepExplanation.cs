namespace Ringfence.Stir.Verification;

/// <summary>One step in words.</summary>
/// <param name="Number">Its place among the identity's steps, from 1.</param>
/// <param name="Rule">Which step.</param>
/// <param name="Section">Where it is required.</param>
/// <param name="Title">What must hold, in the language asked for.</param>
/// <param name="Input">What was looked at.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Finding">What was wrong or is worth a report, in the language asked for; null when it simply held.</param>
/// <param name="Fault">The same as a value.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record StepExplanation(
    int Number,
    VerificationRule Rule,
    string Section,
    string Title,
    string Input,
    StepOutcome Outcome,
    string? Finding,
    Fault Fault,
    TimeSpan Elapsed
);
