using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>Files rules under the numbers and prefixes that they ask a party for.</summary>
internal sealed class NumberIndex
{
    private readonly FrozenDictionary<ulong, int[]> _byStem;
    private readonly ulong[] _others;
    private readonly int _lengths;

    public NumberIndex(ImmutableArray<PolicyRule> rules, FactName fact)
    {
        var stems = rules.Select(r => StemsOf(r, fact)).ToArray();
        _others = RuleBits.Of(rules.Length, i => stems[i] is null);
        _byStem = stems
            .SelectMany((s, i) => (s ?? []).Select(stem => (stem.Key, i)))
            .GroupBy(p => p.Key, p => p.i)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _lengths = stems.SelectMany(s => s ?? []).Aggregate(0, (bits, stem) => bits | (1 << stem.Length));
    }

    public void Restrict(PhoneNumber number, Span<ulong> live, Span<ulong> scratch)
    {
        if (_lengths == 0)
        {
            return;
        }

        _others.CopyTo(scratch);
        for (var lengths = _lengths & ((2 << number.Length) - 1); lengths != 0; lengths &= lengths - 1)
        {
            if (_byStem.TryGetValue(number.Prefix(BitOperations.TrailingZeroCount(lengths)).Key, out var rules))
            {
                RuleBits.Add(scratch, rules);
            }
        }

        RuleBits.Intersect(live, scratch);
    }

    // Null where a pattern has no stem: the rule may hold for any number.
    private static PhoneNumber[]? StemsOf(PolicyRule rule, FactName fact)
    {
        var condition = rule.Conditions.OfType<PartyCondition>().FirstOrDefault(c => c.Fact == fact);
        return condition is null || condition.Patterns.Any(p => p.Stem.IsNone)
            ? null
            : [.. condition.Patterns.Select(p => p.Stem)];
    }
}
