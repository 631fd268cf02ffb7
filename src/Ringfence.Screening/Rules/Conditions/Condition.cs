using System.Collections.Immutable;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>One question about one fact. Immutable; asking it allocates nothing, explaining it does.</summary>
internal abstract class Condition(FactName fact)
{
    public FactName Fact => fact;

    /// <summary>What is asked for, as a policy writes it.</summary>
    public abstract string Expected { get; }

    public abstract bool Holds(CallFacts facts);

    /// <summary>What was so.</summary>
    public abstract string Observed(CallFacts facts);

    /// <summary>True when every call for which this holds is one for which the other holds. False where that is not known.</summary>
    public virtual bool Implies(Condition other) =>
        other.GetType() == GetType()
        && other.Fact == Fact
        && string.Equals(other.Expected, Expected, StringComparison.Ordinal);

    /// <summary>Adds the reasons why this holds.</summary>
    public virtual void Explain(CallFacts facts, Reason rule, ImmutableArray<Reason>.Builder reasons) =>
        reasons.Add(rule with { Fact = Fact, Observed = Observed(facts), Expected = Expected });
}
