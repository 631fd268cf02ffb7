using System.Globalization;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Policies;

/// <summary>Rates by the names that policies write: "calls-per-minute=40".</summary>
internal static class TriedRates
{
    private static readonly (string Name, Func<RateFacts, double, RateFacts> Set)[] Known =
    [
        ("calls-per-minute", (rates, n) => rates with { CallsPerMinute = (int)n }),
        ("calls-per-hour", (rates, n) => rates with { CallsPerHour = (int)n }),
        ("calls-per-day", (rates, n) => rates with { CallsPerDay = (int)n }),
        ("distinct-callees", (rates, n) => rates with { DistinctCallees = (int)n }),
        ("answer-ratio", (rates, n) => rates with { AnswerRatio = n }),
        ("short-call-ratio", (rates, n) => rates with { ShortCallRatio = n }),
        ("refusals", (rates, n) => rates with { Refusals = (int)n }),
        ("invalid-ratio", (rates, n) => rates with { InvalidRatio = n }),
        ("neighbour-ratio", (rates, n) => rates with { NeighbourRatio = n }),
        ("sequential-run", (rates, n) => rates with { SequentialRun = (int)n }),
        ("block-callers", (rates, n) => rates with { BlockCallers = (int)n }),
        ("callers-of-callee", (rates, n) => rates with { CallersOfCallee = (int)n }),
        ("known-hours", (rates, n) => rates with { KnownHours = (int)n }),
    ];

    internal static RateFacts Set(RateFacts rates, IEnumerable<string> written, List<string> faults)
    {
        foreach (string text in written)
        {
            string[] parts = text.Split('=', 2);
            var known = Array.Find(Known, rate => rate.Name == parts[0]);
            bool isRatio = parts[0].EndsWith("-ratio", StringComparison.Ordinal);
            if (known.Set is null)
            {
                faults.Add(
                    $"--rate {text}: one of {string.Join(", ", Known.Select(rate => rate.Name))}, then = and a number"
                );
            }
            else if (
                parts.Length == 2
                && double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n)
                && n <= (isRatio ? 1 : int.MaxValue)
            )
            {
                rates = known.Set(rates, n);
            }
            else
            {
                faults.Add($"--rate {text}: {parts[0]}= and {(isRatio ? "a part from 0 to 1" : "a whole number")}");
            }
        }

        return rates;
    }
}
