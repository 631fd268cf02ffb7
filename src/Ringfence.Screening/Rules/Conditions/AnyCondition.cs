using System.Collections.Immutable;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>All conditions of at least one branch hold.</summary>
internal sealed class AnyCondition(Condition[][] branches) : Condition(FactName.None)
{
    public override string Expected =>
        string.Join(" or ", branches.Select(b => string.Join(" and ", b.Select(c => c.Expected))));

    public override bool Holds(CallFacts facts) => FirstOf(facts) is not null;

    public override string Observed(CallFacts facts) => "";

    public override bool Implies(Condition other) => false;

    public override void Explain(CallFacts facts, Reason rule, ImmutableArray<Reason>.Builder reasons)
    {
        foreach (var condition in FirstOf(facts) ?? branches.SelectMany(b => b))
        {
            condition.Explain(facts, rule, reasons);
        }
    }

    private Condition[]? FirstOf(CallFacts facts)
    {
        foreach (var branch in branches)
        {
            if (AllHold(branch, facts))
            {
                return branch;
            }
        }

        return null;
    }

    internal static bool AllHold(Condition[] conditions, CallFacts facts)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(facts))
            {
                return false;
            }
        }

        return true;
    }
}
