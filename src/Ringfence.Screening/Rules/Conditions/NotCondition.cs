using System.Collections.Immutable;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>At least one of the conditions does not hold.</summary>
internal sealed class NotCondition(Condition[] conditions) : Condition(FactName.None)
{
    public override string Expected => "not " + string.Join(" and ", conditions.Select(c => c.Expected));

    public override bool Holds(CallFacts facts)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(facts))
            {
                return true;
            }
        }

        return false;
    }

    public override string Observed(CallFacts facts) => "";

    public override bool Implies(Condition other) => false;

    public override void Explain(CallFacts facts, Reason rule, ImmutableArray<Reason>.Builder reasons)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(facts))
            {
                condition.Explain(facts, rule with { Negated = !rule.Negated }, reasons);
            }
        }
    }
}
