using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A fact is so, or is not.</summary>
internal sealed class FlagCondition(FactName fact, bool expected) : Condition(fact)
{
    public override string Expected => expected ? "true" : "false";

    public override bool Holds(CallFacts facts) => FactValues.Flag(Fact, facts) == expected;

    public override string Observed(CallFacts facts) => FactValues.Flag(Fact, facts) ? "true" : "false";
}
