using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Policy;

/// <summary>One rule of a policy.</summary>
public sealed class PolicyRule
{
    internal PolicyRule(
        string name,
        RuleOwner owner,
        int line,
        RuleAction action,
        LocalText? because,
        Condition[] conditions
    )
    {
        Name = name;
        Owner = owner;
        Line = line;
        Action = action;
        Because = because;
        Conditions = conditions;
        Cause = action.Verb == RuleVerb.Refuse ? RefusalCauses.Of(this) : RefusalCause.None;
    }

    /// <summary>Its name; "rule N" by its place where the policy gives none.</summary>
    public string Name { get; }

    /// <summary>Whose rule it is.</summary>
    public RuleOwner Owner { get; }

    /// <summary>The line of the policy on which it begins, from 1.</summary>
    public int Line { get; }

    /// <summary>What follows when it holds.</summary>
    public RuleAction Action { get; }

    /// <summary>What its author says for it, or null.</summary>
    public LocalText? Because { get; }

    /// <summary>For a refusal: why, as far as the code depends on it.</summary>
    public RefusalCause Cause { get; }

    internal Condition[] Conditions { get; }

    /// <summary>True when all its conditions hold for the call. Allocates nothing.</summary>
    public bool Holds(CallFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return AnyCondition.AllHold(Conditions, facts);
    }

    internal ImmutableArray<Reason> Explain(CallFacts facts)
    {
        var rule = new Reason
        {
            Rule = Name,
            Because = Because,
            Observed = "",
            Expected = "",
        };
        var reasons = ImmutableArray.CreateBuilder<Reason>(Math.Max(1, Conditions.Length));
        foreach (var condition in Conditions)
        {
            condition.Explain(facts, rule, reasons);
        }

        if (reasons.Count == 0)
        {
            reasons.Add(rule);
        }

        return reasons.DrainToImmutable();
    }
}
