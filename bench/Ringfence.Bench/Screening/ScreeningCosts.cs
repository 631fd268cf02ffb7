using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Reputation;

namespace Ringfence.Bench.Screening;

/// <summary>What a verdict costs with 1,000 rules, 10 million list entries and 1 million tracked numbers, and how each part grows.</summary>
internal static class ScreeningCosts
{
    private const int Steps = 200_000;
    private const int Many = 1 << 16;

    internal static int Run()
    {
        RunVerdict();
        RunLists();
        RunRates();
        RunRules();
        return 0;
    }

    private static void RunVerdict()
    {
        Console.WriteLine("one call: 1,000 rules, a list of 10,000,000 numbers, 1,000,000 tracked numbers");
        ScreeningPolicy policy = ScreeningWorld.Policy(1_000);
        var lists = new ListCatalogue();
        lists.Replace("blocked", ScreeningWorld.List(10_000_000));
        RateTable rates = ScreeningWorld.Rates(1_000_000);
        var reputation = new ReputationTable();
        Party[] strangers = ScreeningWorld.Parties(Many, from: 20_000_000);
        CallFacts[] plain = [.. strangers.Select(ScreeningWorld.Facts)];
        CallFacts[] listed =
        [
            .. ScreeningWorld
                .Parties(Many)
                .Select(caller => ScreeningWorld.Facts(caller) with { Lists = Look(lists, caller) }),
        ];
        PolicyRule rule = policy.Rules[^1];
        Measured refused = Measured.Of(Steps, n => policy.Decide(listed[n % Many]));
        Measured reasons = Measured.Of(Steps, n => rule.Explain(listed[n % Many]));
        Print("verdict, nobody objects", Measured.Of(Steps, n => policy.Decide(plain[n % Many])));
        Print("verdict, refused by the last rule", refused);
        Print("  of which its reasons", reasons);
        Print("list look-up, not on it", Measured.Of(Steps, n => Look(lists, strangers[n % Many])));
        Print("rates read", Measured.Of(Steps, n => rates.Peek(strangers[n % Many], default, ScreeningWorld.Noon)));
        Print("reputation read", Measured.Of(Steps, n => reputation.Read(strangers[n % Many], ScreeningWorld.Noon)));
        Print(
            "all of it: look-up, rates, reputation, facts, verdict",
            Measured.Of(
                Steps,
                n =>
                {
                    Party caller = strangers[n % Many];
                    policy.Decide(
                        plain[n % Many] with
                        {
                            Lists = Look(lists, caller),
                            Rates = rates.Observe(caller, plain[0].Callee, ScreeningWorld.Noon),
                            Reputation = reputation.Read(caller, ScreeningWorld.Noon),
                        }
                    );
                }
            )
        );
    }

    private static void RunLists()
    {
        Console.WriteLine();
        Console.WriteLine("list look-up by size: on it, not on it, memory");
        foreach (int entries in (int[])[1_000, 10_000, 100_000, 1_000_000, 10_000_000])
        {
            NumberList list = ScreeningWorld.List(entries);
            Party[] on = ScreeningWorld.Parties(Math.Min(entries, Many));
            Party[] off = ScreeningWorld.Parties(Many, from: 20_000_000);
            Measured hit = Measured.Of(Steps, n => list.TryFind(on[n % on.Length], out _));
            Measured miss = Measured.Of(Steps, n => list.TryFind(off[n % Many], out _));
            Console.WriteLine(
                FormattableString.Invariant($"{entries, 12:N0}  {hit}  {miss}  {list.Bytes / 1e6, 8:0.0} MB")
            );
        }
    }

    private static void RunRates()
    {
        Console.WriteLine();
        Console.WriteLine(
            "rate update by numbers tracked: one call (its caller, callee and block), one ending; memory"
        );
        foreach (int numbers in (int[])[1_000, 10_000, 100_000, 1_000_000, 10_000_000])
        {
            RateTable table = ScreeningWorld.Rates(numbers);
            Party[] callers = ScreeningWorld.Parties(Math.Min(numbers / 2, Many));
            Party callee = Party.Parse("+33199001234");
            Measured call = Measured.Of(
                Steps,
                n => table.Observe(callers[n % callers.Length], callee, ScreeningWorld.Noon)
            );
            Measured ending = Measured.Of(
                Steps,
                n => table.End(callers[n % callers.Length], CallEnding.Talked, ScreeningWorld.Noon)
            );
            Console.WriteLine(
                FormattableString.Invariant($"{table.Count, 12:N0}  {call}  {ending}  {table.Bytes / 1e6, 8:0.0} MB")
            );
        }
    }

    private static void RunRules()
    {
        Console.WriteLine();
        Console.WriteLine("verdict by rules, nobody objects");
        CallFacts facts = ScreeningWorld.Facts(Party.Parse("+33612345678"));
        foreach (int rules in (int[])[10, 100, 1_000, 10_000])
        {
            ScreeningPolicy policy = ScreeningWorld.Policy(rules);
            Print(FormattableString.Invariant($"{rules, 12:N0}"), Measured.Of(Steps, _ => policy.Decide(facts)));
        }
    }

    private static ImmutableArray<ListHit> Look(ListCatalogue lists, Party caller)
    {
        ImmutableArray<ListHit> hits = [];
        lists.Look(caller, ListSubject.Caller, ref hits);
        return hits;
    }

    private static void Print(string what, Measured measured) => Console.WriteLine($"{what, -54}{measured}");
}
