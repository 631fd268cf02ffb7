using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>Files rules by the bounds that they set for one number, in order, so that those which it misses lie side by side.</summary>
internal sealed class BoundIndex
{
    private const int WorthIt = 8;

    private readonly FactName _fact;
    private readonly (double Bound, int Rule)[] _lows;
    private readonly (double Bound, int Rule)[] _highs;

    private BoundIndex(FactName fact, IReadOnlyCollection<(NumberCondition Condition, int Rule)> asked)
    {
        _fact = fact;
        _lows = [.. asked.Select(a => (a.Condition.Low, a.Rule)).Where(b => b.Low > double.NegativeInfinity).OrderByDescending(b => b.Low)];
        _highs = [.. asked.Select(a => (a.Condition.High, a.Rule)).Where(b => b.High < double.PositiveInfinity).OrderBy(b => b.High)];
    }

    /// <summary>An index for each number that enough rules ask for.</summary>
    public static BoundIndex[] For(ImmutableArray<PolicyRule> rules) =>
        [
            .. rules
                .SelectMany((r, i) => r.Conditions.OfType<NumberCondition>().Select(c => (Condition: c, Rule: i)))
                .GroupBy(a => a.Condition.Fact)
                .Where(g => g.Count() >= WorthIt)
                .Select(g => new BoundIndex(g.Key, [.. g])),
        ];

    public void Restrict(CallFacts facts, Span<ulong> live)
    {
        var value = FactValues.Number(_fact, facts);
        foreach (var (bound, rule) in _lows)
        {
            if (value >= bound)
            {
                break;
            }

            live[rule / 64] &= ~(1UL << (rule % 64));
        }

        foreach (var (bound, rule) in _highs)
        {
            if (value <= bound)
            {
                break;
            }

            live[rule / 64] &= ~(1UL << (rule % 64));
        }
    }
}
