using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A text is one of the globs or regular expressions, without regard to case.</summary>
internal sealed class TextCondition(FactName fact, Pattern[] patterns) : Condition(fact)
{
    public Pattern[] Patterns => patterns;

    public override string Expected => string.Join(", ", patterns.Select(p => p.Text));

    public override bool Holds(CallFacts facts)
    {
        var text = FactValues.Text(Fact, facts);
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(text))
            {
                return true;
            }
        }

        return false;
    }

    public override string Observed(CallFacts facts) => FactValues.Text(Fact, facts);

    public override bool Implies(Condition other) =>
        other is TextCondition wider
        && wider.Fact == Fact
        && Array.TrueForAll(patterns, p => Array.Exists(wider.Patterns, p.IsWithin));
}
