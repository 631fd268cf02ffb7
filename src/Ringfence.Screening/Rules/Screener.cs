using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Rules;

/// <summary>Walks the order of screening for one call. The index leaves it few rules to ask.</summary>
internal sealed class Screener
{
    private const int StackWords = 128;

    private readonly ImmutableArray<PolicyRule> _rules;
    private readonly RuleIndex _index;
    private readonly ulong[] _marks;
    private readonly int _endOfLaw;
    private readonly int _endOfUser;
    private readonly bool _hasMarks;

    public Screener(ImmutableArray<PolicyRule> rules)
    {
        _rules = rules;
        _index = new RuleIndex(rules);
        _endOfLaw = rules.Count(r => r.Owner == RuleOwner.Law);
        _endOfUser = _endOfLaw + rules.Count(r => r.Owner == RuleOwner.User);
        _marks = RuleBits.Of(rules.Length, i => rules[i].Action.Verb == RuleVerb.Mark);
        _hasMarks = Array.Exists(_marks, w => w != 0);
    }

    public Verdict Decide(CallFacts facts)
    {
        var words = _index.Words;
        if (words <= StackWords)
        {
            Span<ulong> bits = stackalloc ulong[2 * words];
            return Decide(facts, bits[..words], bits[words..]);
        }

        var rented = ArrayPool<ulong>.Shared.Rent(2 * words);
        try
        {
            return Decide(facts, rented.AsSpan(0, words), rented.AsSpan(words, words));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private Verdict Decide(CallFacts facts, Span<ulong> live, Span<ulong> scratch)
    {
        _index.Candidates(facts, live, scratch);
        var marks = _hasMarks ? TakeMarks(facts, live) : [];
        var verdict =
            CalleeWishes.Emergency(facts)
            ?? FirstRule(facts, live, 0, _endOfLaw)
            ?? CalleeWishes.Wanted(facts)
            ?? FirstRule(facts, live, _endOfLaw, _endOfUser)
            ?? CalleeWishes.Unwanted(facts)
            ?? FirstRule(facts, live, _endOfUser, _rules.Length)
            ?? CalleeWishes.NobodyObjects;
        return verdict with { Marks = marks };
    }

    private Verdict? FirstRule(CallFacts facts, ReadOnlySpan<ulong> live, int from, int to)
    {
        for (var i = RuleBits.Next(live, from); i < to; i = RuleBits.Next(live, i + 1))
        {
            var rule = _rules[i];
            var isPassed = rule.Action.Verb == RuleVerb.Challenge && facts.Challenge == ChallengeState.Passed;
            if (!isPassed && rule.Holds(facts))
            {
                return VerdictOf(rule, facts);
            }
        }

        return null;
    }

    private static Verdict VerdictOf(PolicyRule rule, CallFacts facts) =>
        new()
        {
            Decision = (Decision)(byte)rule.Action.Verb,
            DecidedBy = rule.Owner switch
            {
                RuleOwner.Law => DecidedBy.Law,
                RuleOwner.User => DecidedBy.User,
                _ => DecidedBy.Operator,
            },
            Rule = rule.Name,
            Code = rule.Action.Code,
            Cause = rule.Cause,
            Challenge = rule.Action.Challenge,
            Reasons = rule.Explain(facts),
        };

    // A mark decides nothing, so every mark rule is asked, and none is asked again.
    private ImmutableArray<string> TakeMarks(CallFacts facts, Span<ulong> live)
    {
        ImmutableArray<string>.Builder? marks = null;
        for (var word = 0; word < live.Length; word++)
        {
            for (var bits = live[word] & _marks[word]; bits != 0; bits &= bits - 1)
            {
                var rule = _rules[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                if (rule.Holds(facts))
                {
                    marks ??= ImmutableArray.CreateBuilder<string>();
                    marks.Add(rule.Action.Mark!);
                }
            }

            live[word] &= ~_marks[word];
        }

        return marks?.DrainToImmutable() ?? [];
    }
}
