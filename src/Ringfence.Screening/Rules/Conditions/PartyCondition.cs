using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A party is one of the numbers, prefixes, ranges, globs or regular expressions.</summary>
internal sealed class PartyCondition(FactName fact, Pattern[] patterns) : Condition(fact)
{
    public Pattern[] Patterns => patterns;

    public override string Expected => string.Join(", ", patterns.Select(p => p.Text));

    public override bool Holds(CallFacts facts)
    {
        var party = FactValues.Party(Fact, facts);
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(party))
            {
                return true;
            }
        }

        return false;
    }

    public override string Observed(CallFacts facts) => FactValues.Party(Fact, facts).Text;

    public override bool Implies(Condition other) =>
        other is PartyCondition wider
        && wider.Fact == Fact
        && Array.TrueForAll(patterns, p => Array.Exists(wider.Patterns, p.IsWithin));
}
