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
    private const int Steps = 1 << 18;
    private const int Many = 1 << 18;

    /// <summary>The first index of numbers that are on no list.</summary>
    private const long Strangers = 20_000_000;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    internal static int Run()
    {
        RunVerdict();
        RunDecisions();
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
        (RateTable rates, int callers) = ScreeningWorld.Rates(1_000_000, Strangers);
        var reputation = new ReputationTable();
        Party[] strangers = ScreeningWorld.Parties(Many, Strangers, callers);
        CallFacts[] plain = [.. strangers.Select(ScreeningWorld.Facts)];
        CallFacts[] listed =
        [
            .. ScreeningWorld
                .Parties(Many, 0, 10_000_000)
                .Select(caller => ScreeningWorld.Facts(caller) with { Lists = Look(lists, caller) }),
        ];
        PolicyRule rule = policy.Rules[^1];
        Measured refused = Measured.Of(Steps, n => policy.Decide(listed[n % Many]));
        Measured reasons = Measured.Of(Steps, n => rule.Explain(listed[n % Many]));
        Print("verdict, nobody objects", Measured.Of(Steps, n => policy.Decide(plain[n % Many])));
        Print("verdict, refused by the last rule", refused);
        Print("  of which its reasons", reasons);
        Print("list look-up, not on it", Measured.Of(Steps, n => Look(lists, strangers[n % Many])));
        Print("  the same, each waited for", Measured.Of(Steps, Measured.Alone(n => Look(lists, strangers[n % Many]))));
        Print("rates read", Measured.Of(Steps, n => rates.Peek(strangers[n % Many], default, ScreeningWorld.Noon)));
        Print("reputation read", Measured.Of(Steps, n => reputation.Read(strangers[n % Many], ScreeningWorld.Noon)));
        Print(
            "all of it: look-up, rates, reputation, facts, verdict",
            Measured.Of(Steps, Decision(new Services(policy, lists, rates, reputation), strangers))
        );
    }

    /// <summary>The whole decision with as many list entries as tracked numbers.</summary>
    private static void RunDecisions()
    {
        Console.WriteLine();
        Console.WriteLine(
            "all of it, by entries of the list and tracked numbers, as many of each: cost, times that of the first"
        );
        ScreeningPolicy policy = ScreeningWorld.Policy(1_000);
        var steps = new List<Action<int>>();
        foreach (int size in Sizes)
        {
            var lists = new ListCatalogue();
            lists.Replace("blocked", ScreeningWorld.List(size));
            (RateTable rates, int callers) = ScreeningWorld.Rates(size, Strangers);
            Party[] strangers = ScreeningWorld.Parties(Many, Strangers, callers);
            steps.Add(Decision(new Services(policy, lists, rates, new ReputationTable()), strangers));
        }

        Measured[] costs = Measured.Of(Steps, steps);
        foreach ((int size, Measured cost) in Sizes.Zip(costs))
        {
            Console.WriteLine(
                FormattableString.Invariant($"{size, 12:N0}  {cost}  {cost.Nanoseconds / costs[0].Nanoseconds, 5:0.00}")
            );
        }
    }

    /// <summary>As the edge does it: memory is asked for first, then each is consulted.</summary>
    private static Action<int> Decision(Services services, Party[] callers)
    {
        CallFacts plain = ScreeningWorld.Facts(callers[0]);
        return Measured.Alone(n =>
        {
            Party caller = callers[n % Many];
            services.Rates.Prefetch(caller, plain.Callee);
            services.Reputation.Prefetch(caller);
            services.Lists.Prefetch(caller);
            services.Policy.Decide(
                plain with
                {
                    Caller = caller,
                    Lists = Look(services.Lists, caller),
                    Rates = services.Rates.Observe(caller, plain.Callee, ScreeningWorld.Noon),
                    Reputation = services.Reputation.Read(caller, ScreeningWorld.Noon),
                }
            );
        });
    }

    private static void RunLists()
    {
        Console.WriteLine();
        Console.WriteLine(
            "list look-up, by entries, in ns; on and off: on the list, not on it; alone: each waited for"
        );
        Console.WriteLine(
            "     entries       on      off    alone   a bare read   alone/bare   lines on     off    memory"
        );
        Party[] off = ScreeningWorld.Parties(Many, Strangers, 10_000_000);
        var steps = new List<Action<int>>();
        var lists = new List<(NumberList List, Party[] On)>();
        foreach (int entries in Sizes)
        {
            NumberList list = ScreeningWorld.List(entries);
            Party[] on = ScreeningWorld.Parties(Many, 0, entries);
            lists.Add((list, on));
            steps.Add(n => list.TryFind(on[n % Many], out _));
            steps.Add(n => list.TryFind(off[n % Many], out _));
            steps.Add(Measured.Alone(n => list.TryFind(off[n % Many], out _)));
            steps.Add(new MemoryCurve(list.Bytes).Read);
        }

        Measured[] costs = Measured.Of(Steps, steps);
        for (int n = 0; n < Sizes.Length; n++)
        {
            var (list, on) = lists[n];
            double[] ns = [.. costs.Skip(n * 4).Take(4).Select(c => c.Nanoseconds)];
            double linesOn = on.Average(p => list.CountLines(p.Number));
            double linesOff = off.Average(p => list.CountLines(p.Number));
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{Sizes[n], 12:N0} {ns[0], 8:0} {ns[1], 8:0} {ns[2], 8:0} {ns[3], 13:0} {ns[2] / ns[3], 12:0.0} {linesOn, 10:0.000} {linesOff, 7:0.000} {list.Bytes / 1e6, 6:0.0} MB"
                )
            );
        }
    }

    private static void RunRates()
    {
        Console.WriteLine();
        Console.WriteLine(
            "rates, by numbers tracked, in ns; a call counts for its caller, its callee and a block, each of two lines"
        );
        Console.WriteLine(
            "     tracked   a call   ending   a bare read   call/bare   ending/bare   lines a number    memory"
        );
        Party callee = Party.Parse("+33199001234");
        var steps = new List<Action<int>>();
        var tables = new List<(RateTable Table, Party[] Callers)>();
        foreach (int numbers in Sizes)
        {
            (RateTable table, int tracked) = ScreeningWorld.Rates(numbers, Strangers);
            Party[] callers = ScreeningWorld.Parties(Many, Strangers, tracked);
            tables.Add((table, callers));
            steps.Add(n => table.Observe(callers[n % Many], callee, ScreeningWorld.Noon));
            steps.Add(n => table.End(callers[n % Many], CallEnding.Talked, ScreeningWorld.Noon));
            steps.Add(new MemoryCurve(table.Bytes).Read);
        }

        Measured[] costs = Measured.Of(Steps, steps);
        for (int n = 0; n < Sizes.Length; n++)
        {
            var (table, callers) = tables[n];
            double[] ns = [.. costs.Skip(n * 3).Take(3).Select(c => c.Nanoseconds)];
            double lines = callers.Average(p => table.CountLines(p));
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{table.Count, 12:N0} {ns[0], 8:0} {ns[1], 8:0} {ns[2], 13:0} {ns[0] / ns[2], 11:0.0} {ns[1] / ns[2], 13:0.0} {lines, 16:0.000} {table.Bytes / 1e6, 6:0.0} MB"
                )
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

    private sealed record Services(
        ScreeningPolicy Policy,
        ListCatalogue Lists,
        RateTable Rates,
        ReputationTable Reputation
    );
}
