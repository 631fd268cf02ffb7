using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>A party is on one of the lists.</summary>
internal sealed class ListCondition(FactName fact, string[] lists) : Condition(fact)
{
    private readonly ListSubject _subject = fact switch
    {
        FactName.CallerIn => ListSubject.Caller,
        FactName.CalleeIn => ListSubject.Callee,
        _ => ListSubject.Diverter,
    };

    public string[] Lists => lists;

    public override string Expected => string.Join(", ", lists);

    public override bool Holds(CallFacts facts) => Find(facts) is not null;

    public override string Observed(CallFacts facts) =>
        Find(facts) is { } hit ? $"{hit.List} ({hit.Entry}{(hit.Label is null ? "" : ": " + hit.Label)})" : "";

    public override bool Implies(Condition other) =>
        other is ListCondition wider
        && wider.Fact == Fact
        && Array.TrueForAll(lists, l => wider.Lists.Contains(l, StringComparer.Ordinal));

    private ListHit? Find(CallFacts facts)
    {
        foreach (var hit in facts.Lists)
        {
            if (hit.Subject == _subject && Array.IndexOf(lists, hit.List) >= 0)
            {
                return hit;
            }
        }

        return null;
    }
}
