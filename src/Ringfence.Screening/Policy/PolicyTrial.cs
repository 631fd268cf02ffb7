using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Policy;

/// <summary>What a policy says of one call, rule by rule.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Steps">Every rule, in the order in which they are tried.</param>
public sealed record PolicyTrial(Verdict Verdict, ImmutableArray<TrialStep> Steps)
{
    /// <summary>Tries the call.</summary>
    public static PolicyTrial Of(ScreeningPolicy policy, CallFacts facts)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(facts);
        var verdict = policy.Decide(facts);
        return new PolicyTrial(verdict, [.. policy.Rules.Select(r => Step(r, verdict, facts))]);
    }

    private static TrialStep Step(PolicyRule rule, in Verdict verdict, CallFacts facts)
    {
        var missing = Array.Find(rule.Conditions, c => !c.Holds(facts));
        var outcome = missing switch
        {
            not null => StepOutcome.DidNotHold,
            _ when rule.Action.Verb == RuleVerb.Mark => StepOutcome.Marked,
            _ when string.Equals(rule.Name, verdict.Rule, StringComparison.Ordinal) => StepOutcome.Decided,
            _ when rule.Action.Verb == RuleVerb.Challenge && facts.Challenge == ChallengeState.Passed =>
                StepOutcome.AlreadyPassed,
            _ => StepOutcome.CameTooLate,
        };
        return new TrialStep(rule.Name, rule.Owner, rule.Line, rule.Action.ToString(), outcome, Spell(missing, facts));
    }

    private static string? Spell(Condition? condition, CallFacts facts) =>
        condition switch
        {
            null => null,
            { Fact: FactName.None } => condition.Expected,
            _ => $"{FactNames.Of(condition.Fact)}: {condition.Expected} (it was: {Observed(condition, facts)})",
        };

    private static string Observed(Condition condition, CallFacts facts) =>
        condition.Observed(facts) is { Length: > 0 } observed ? observed : "nothing";
}
