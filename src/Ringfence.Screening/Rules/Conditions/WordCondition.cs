using System.Numerics;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A fact is one of the words; for privacy and emergency: one of the words is said.</summary>
internal sealed class WordCondition(FactName fact, uint words) : Condition(fact)
{
    public uint Words => words;

    public override string Expected => Spell(words);

    public override bool Holds(CallFacts facts) => (FactValues.Words(Fact, facts) & words) != 0;

    public override string Observed(CallFacts facts) => Spell(FactValues.Words(Fact, facts));

    public override bool Implies(Condition other) =>
        other is WordCondition wider && wider.Fact == Fact && (words & ~wider.Words) == 0;

    private string Spell(uint bits)
    {
        var names = FactCatalogue.Words(Fact);
        return BitOperations.PopCount(bits) == 1
            ? names[BitOperations.Log2(bits)]
            : string.Join(", ", names.Where((_, i) => (bits & (1u << i)) != 0));
    }
}
