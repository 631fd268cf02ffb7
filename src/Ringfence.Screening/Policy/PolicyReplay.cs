using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Policy;

/// <summary>Puts the calls of the past before two policies.</summary>
public static class PolicyReplay
{
    /// <summary>Compares the two policies call by call. The records are read once and need not be in memory.</summary>
    /// <param name="before">The old policy.</param>
    /// <param name="after">The new policy.</param>
    /// <param name="records">The facts of the calls, as their records hold them.</param>
    /// <param name="keep">How many differences the report shall hold; the summary counts all.</param>
    public static ReplayReport Compare(
        ScreeningPolicy before,
        ScreeningPolicy after,
        IEnumerable<CallFacts> records,
        int keep = 1000
    ) => Compare(new ReplaySide(before), new ReplaySide(after), records, keep);

    /// <summary>Compares two policies with their lists call by call. The records are read once and need not be in memory.</summary>
    /// <param name="before">The old policy and lists.</param>
    /// <param name="after">The new policy and lists.</param>
    /// <param name="records">The facts of the calls, as their records hold them.</param>
    /// <param name="keep">How many differences the report shall hold; the summary counts all.</param>
    public static ReplayReport Compare(
        ReplaySide before,
        ReplaySide after,
        IEnumerable<CallFacts> records,
        int keep = 1000
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(records);
        var counts = new Dictionary<(string From, string To, string Rule), int>();
        var differences = ImmutableArray.CreateBuilder<ReplayDifference>();
        var (calls, changed) = (0, 0);
        foreach (var facts in records)
        {
            calls++;
            var (old, next) = (before.Decide(facts), after.Decide(facts));
            if (IsSame(old, next))
            {
                continue;
            }

            changed++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (Spell(old), Spell(next), next.Rule), out _)++;
            if (differences.Count < keep)
            {
                differences.Add(new ReplayDifference(facts, old, next));
            }
        }

        return new ReplayReport
        {
            Calls = calls,
            Changed = changed,
            Summary =
            [
                .. counts
                    .Select(c => new ReplayChange(c.Key.From, c.Key.To, c.Key.Rule, c.Value))
                    .OrderByDescending(c => c.Calls)
                    .ThenBy(c => c.From + c.To + c.Rule, StringComparer.Ordinal),
            ],
            Differences = differences.ToImmutable(),
        };
    }

    private static bool IsSame(in Verdict a, in Verdict b) =>
        a.Decision == b.Decision
        && a.Code == b.Code
        && a.Cause == b.Cause
        && a.Challenge == b.Challenge
        && a.Marks.AsSpan().SequenceEqual(b.Marks.AsSpan());

    private static string Spell(in Verdict verdict) =>
        verdict.Marks.IsEmpty ? verdict.Summary : $"{verdict.Summary} [{string.Join(", ", verdict.Marks)}]";
}
