namespace Ringfence.Diagnosis.Findings;

/// <summary>How often a rule was reached and how often it found something: no finding of a rule that was never reached proves nothing.</summary>
/// <param name="Id">The id of the rule.</param>
/// <param name="Reached">Calls that had what the rule looks at.</param>
/// <param name="Fired">Calls in which it found something.</param>
public readonly record struct RuleCount(string Id, int Reached, int Fired);
