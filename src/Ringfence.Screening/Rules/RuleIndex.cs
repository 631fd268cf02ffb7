using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Rules;

/// <summary>
/// Leaves out the rules that cannot hold, by what is cheap to ask: attestation, verification, trunk, lists, the numbers of
/// caller and callee, and the bounds of rates. What it leaves in may still not hold.
/// </summary>
internal sealed class RuleIndex(ImmutableArray<PolicyRule> rules)
{
    private readonly WordIndex _attestation = new(rules, FactName.Attestation);
    private readonly WordIndex _verification = new(rules, FactName.Verification);
    private readonly NameIndex _trunks = NameIndex.OfTrunks(rules);
    private readonly NameIndex _lists = NameIndex.OfCallerLists(rules);
    private readonly NumberIndex _callers = new(rules, FactName.Caller);
    private readonly NumberIndex _callees = new(rules, FactName.Callee);
    private readonly BoundIndex[] _bounds = BoundIndex.For(rules);

    public int Words { get; } = RuleBits.WordsFor(rules.Length);

    /// <summary>Sets the bits of the rules that may hold. Both spans have <see cref="Words"/> words of any content.</summary>
    public void Candidates(CallFacts facts, Span<ulong> live, Span<ulong> scratch)
    {
        live.Fill(ulong.MaxValue);
        _attestation.Restrict(facts, live);
        _verification.Restrict(facts, live);
        if (_trunks.Narrows)
        {
            _trunks.Others.CopyTo(scratch);
            _trunks.Add(facts.Trunk, scratch);
            RuleBits.Intersect(live, scratch);
        }

        if (_lists.Narrows)
        {
            _lists.Others.CopyTo(scratch);
            foreach (var hit in facts.Lists)
            {
                if (hit.Subject == ListSubject.Caller)
                {
                    _lists.Add(hit.List, scratch);
                }
            }

            RuleBits.Intersect(live, scratch);
        }

        _callers.Restrict(facts.Caller.Number, live, scratch);
        _callees.Restrict(facts.Callee.Number, live, scratch);
        foreach (var bounds in _bounds)
        {
            bounds.Restrict(facts, live);
        }
    }
}
