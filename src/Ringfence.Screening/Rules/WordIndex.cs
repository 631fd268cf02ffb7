using System.Collections.Immutable;
using System.Numerics;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>For each word of a fact, the rules that it leaves possible.</summary>
internal sealed class WordIndex(ImmutableArray<PolicyRule> rules, FactName fact)
{
    private readonly bool _narrows = rules.Any(r => r.Conditions.Any(c => c is WordCondition && c.Fact == fact));
    private readonly ulong[][] _byWord =
    [
        .. FactCatalogue.Words(fact).Select((_, word) => RuleBits.Of(rules.Length, i => Allows(rules[i], fact, word))),
    ];

    public void Restrict(CallFacts facts, Span<ulong> live)
    {
        if (_narrows)
        {
            RuleBits.Intersect(live, _byWord[BitOperations.Log2(FactValues.Words(fact, facts))]);
        }
    }

    private static bool Allows(PolicyRule rule, FactName fact, int word) =>
        rule.Conditions.All(c => c is not WordCondition asked || c.Fact != fact || (asked.Words & (1u << word)) != 0);
}
