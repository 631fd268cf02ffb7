using System.Globalization;
using System.Text;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rates;
using Ringfence.Stir.Claims;
using CallFacts = Ringfence.Screening.Facts.CallFacts;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Bench.Screening;

/// <summary>Numbers, lists, tables and policies of any size, always the same.</summary>
internal static class ScreeningWorld
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A number that looks random; the same for the same index.</summary>
    internal static string Number(long index) =>
        "+" + (33_100_000_000 + (index * 48_271 % 899_999_999)).ToString(CultureInfo.InvariantCulture);

    /// <summary>So many of the numbers from an index on, taken from all over them and in no order.</summary>
    internal static Party[] Parties(int count, long from, int among) =>
        [.. Enumerable.Range(0, count).Select(n => Party.Parse(Number(from + (n * 2_654_435_761L % among))))];

    /// <summary>A list of numbers, with ranges and prefixes among them.</summary>
    internal static NumberList List(int entries)
    {
        var builder = new NumberListBuilder();
        for (int n = 0; n < entries; n++)
        {
            builder.TryAdd(Number(n), label: null, out _);
        }

        for (int n = 0; n < 1_000; n++)
        {
            string digits = n.ToString("D3", CultureInfo.InvariantCulture);
            builder.TryAdd($"+44{digits}*", "prefix", out _);
            builder.TryAdd($"+49{digits}00000..+49{digits}49999", "range", out _);
        }

        return builder.Build();
    }

    /// <summary>A rate table in which that many numbers are tracked, and how many of them are callers.</summary>
    internal static (RateTable Table, int Callers) Rates(int numbers, long from)
    {
        // Each caller of these has a record of its own and one for its block of a hundred; the callee is one.
        var table = new RateTable(Math.Max(numbers, 1024));
        Party callee = Party.Parse("+33199001234");
        int callers = 0;
        for (int tracked = 0; tracked < numbers && callers < numbers; callers++)
        {
            table.Observe(Party.Parse(Number(from + callers)), callee, Noon.AddMilliseconds(callers / 100));
            tracked = callers % 64 == 0 || numbers < 10_000 ? table.Count : tracked + 1;
        }

        return (table, callers);
    }

    /// <summary>A policy of that many rules, of every kind, none of which holds for a plain call but the last.</summary>
    internal static ScreeningPolicy Policy(int rules)
    {
        var yaml = new StringBuilder("policy:\n");
        for (int n = 0; n < rules - 1; n++)
        {
            string when = (n % 6) switch
            {
                0 => $"caller: \"+44{n:D4}*\"",
                1 => $"caller: \"+4420{n:D7}\"",
                2 => $"caller-in: list-{n}",
                3 => $"calls-per-minute: \"> {1000 + n}\", attestation: [C, none]",
                4 => $"trunk: trunk-{n}, verification: failed",
                _ => $"reputation: \"< 5\", reporters: \"> {n}\", display-name: \"*bank {n}*\"",
            };
            yaml.AppendLine(
                CultureInfo.InvariantCulture,
                $"  - {{ name: r{n}, when: {{ {when} }}, then: refuse 608 }}"
            );
        }

        yaml.AppendLine(
            "  - { name: blocked, when: { caller-in: blocked }, then: refuse 608, because: \"on a list\" }"
        );
        PolicyParseResult result = PolicyParser.Parse(yaml.ToString(), "bench.yaml");
        return result.Policy ?? throw new InvalidOperationException(string.Join('\n', result.Mistakes));
    }

    internal static CallFacts Facts(Party caller) =>
        new()
        {
            At = Noon,
            Caller = caller,
            Callee = Party.Parse("+33199001234"),
            IdentityFrom = IdentitySource.AssertedIdentity,
            Trunk = "carrier-a",
            Attestation = Attestation.B,
            Verification = VerificationOutcome.Passed,
            DisplayName = "Alice Martin",
        };
}
