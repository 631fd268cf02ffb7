using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Rules;

/// <summary>
/// Leaves out the rules that cannot hold, by what is cheap to ask: attestation, verification, trunk, lists, and the numbers of
/// caller and callee. What it leaves in may still not hold.
/// </summary>
internal sealed class RuleIndex
{
    private readonly WordIndex _attestation;
    private readonly WordIndex _verification;
    private readonly KeyIndex<string> _trunks;
    private readonly KeyIndex<string> _lists;
    private readonly NumberIndex _callers;
    private readonly NumberIndex _callees;

    public RuleIndex(ImmutableArray<PolicyRule> rules)
    {
        Words = RuleBits.WordsFor(rules.Length);
        _attestation = new WordIndex(rules, FactName.Attestation);
        _verification = new WordIndex(rules, FactName.Verification);
        _trunks = KeyIndex.OfTrunks(rules);
        _lists = KeyIndex.OfCallerLists(rules);
        _callers = new NumberIndex(rules, FactName.Caller);
        _callees = new NumberIndex(rules, FactName.Callee);
    }

    public int Words { get; }

    /// <summary>Sets the bits of the rules that may hold; <paramref name="live"/> has <see cref="Words"/> words of any content.</summary>
    public void Candidates(CallFacts facts, Span<ulong> live)
    {
        live.Fill(ulong.MaxValue);
        _attestation.Restrict(facts, live);
        _verification.Restrict(facts, live);
        if (!_trunks.IsEmpty)
        {
            _trunks.Restrict(facts.Trunk, live);
        }

        if (!_lists.IsEmpty)
        {
            RestrictByLists(facts, live);
        }

        _callers.Restrict(facts.Caller.Number, live);
        _callees.Restrict(facts.Callee.Number, live);
    }

    private void RestrictByLists(CallFacts facts, Span<ulong> live)
    {
        var any = _lists.Others;
        for (var word = 0; word < live.Length; word++)
        {
            var allowed = any[word];
            foreach (var hit in facts.Lists)
            {
                if (hit.Subject == ListSubject.Caller && _lists.Find(hit.List) is { } bits)
                {
                    allowed |= bits[word];
                }
            }

            live[word] &= allowed;
        }
    }
}
