using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>Files rules by the bounds that they set for one number, in order, so that those which a call misses lie side by side.</summary>
internal sealed class BoundIndex
{
    private const int WorthIt = 8;

    private readonly FactName _fact;
    private readonly LowerBounds _lows;
    private readonly LowerBounds _highs;

    private BoundIndex(FactName fact, int rules, (NumberCondition Condition, int Rule)[] asked)
    {
        // An upper bound of a number is a lower bound of the number's negative.
        _fact = fact;
        _lows = new LowerBounds(rules, asked.Select(a => (a.Condition.Low, a.Rule)));
        _highs = new LowerBounds(rules, asked.Select(a => (-a.Condition.High, a.Rule)));
    }

    /// <summary>An index for each number that enough rules ask for.</summary>
    public static BoundIndex[] For(ImmutableArray<PolicyRule> rules) =>
        [
            .. rules
                .SelectMany((r, i) => r.Conditions.OfType<NumberCondition>().Select(c => (Condition: c, Rule: i)))
                .GroupBy(a => a.Condition.Fact)
                .Where(g => g.Count() >= WorthIt)
                .Select(g => new BoundIndex(g.Key, rules.Length, [.. g])),
        ];

    public void Restrict(CallFacts facts, Span<ulong> live)
    {
        var value = FactValues.Number(_fact, facts);
        _lows.Restrict(value, live);
        _highs.Restrict(-value, live);
    }
}
