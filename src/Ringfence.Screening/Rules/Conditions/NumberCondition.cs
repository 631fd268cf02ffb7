using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A number lies between two bounds, both included.</summary>
internal sealed class NumberCondition(FactName fact, string expected, double low, double high) : Condition(fact)
{
    public override string Expected => expected;

    public double Low => low;

    public double High => high;

    public override bool Holds(CallFacts facts)
    {
        var value = FactValues.Number(Fact, facts);
        return value >= low && value <= high;
    }

    public override string Observed(CallFacts facts) => FactValues.Format(FactValues.Number(Fact, facts));

    public override bool Implies(Condition other) =>
        other is NumberCondition wider && wider.Fact == Fact && low >= wider.Low && high <= wider.High;
}
