using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Policy;

/// <summary>One side of a replay: a policy, and the lists that go with it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Lists">
/// The operator's lists, looked up anew for each call; null leaves what was so when the call came. The callee's own list is
/// always as it was.
/// </param>
public sealed record ReplaySide(ScreeningPolicy Policy, ListCatalogue? Lists = null)
{
    /// <summary>What this side says of the call.</summary>
    public Verdict Decide(CallFacts facts) => Policy.Decide(Renewed(facts));

    /// <summary>The facts as this side sees them: what its lists say in the place of what lists said then.</summary>
    public CallFacts Renewed(CallFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Lists is null ? facts : facts with { Lists = LookUp(facts, Lists) };
    }

    private static ImmutableArray<ListHit> LookUp(CallFacts facts, ListCatalogue lists)
    {
        var hits = facts.Lists.RemoveAll(hit => !WellKnownLists.IsOfCallee(hit.List));
        lists.Look(facts.Caller, ListSubject.Caller, ref hits);
        lists.Look(facts.Callee, ListSubject.Callee, ref hits);
        if (!facts.Diversions.IsEmpty)
        {
            lists.Look(facts.Diversions[^1], ListSubject.Diverter, ref hits);
        }

        return hits;
    }
}
