using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Policy;

/// <summary>One rule of a trial.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Action">What it does, as a policy writes it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Missing">The first condition that did not hold, with what was so; null where all did.</param>
public sealed record TrialStep(
    string Rule,
    RuleOwner Owner,
    int Line,
    string Action,
    StepOutcome Outcome,
    string? Missing
);
