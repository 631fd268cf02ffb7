using System.Globalization;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Simulation;

namespace Ringfence.Commands.Simulate;

/// <summary>The figures of a simulated day as tables, and the one call that was wronged first, with what an appeal does for it.</summary>
internal static class SimulationText
{
    internal static void Print(PolicyFile read, SimulationOptions options, SimulationFigures figures)
    {
        Console.WriteLine(
            Terminal.Bold(
                $"{Count(figures.ByKind.Values.Sum(kind => kind.Calls))} calls, {Count(options.Legitimate)} legitimate numbers, "
                    + $"{Count(options.Robocallers)} robocallers, seed {options.Seed}, {read.Name}"
            )
        );
        Console.WriteLine();
        TextTable.Print(
            ["caller", "calls", "refused", "challenged", "failed it", "did not get through"],
            figures.ByKind.Select(kind =>
                new[]
                {
                    Name(kind.Key),
                    Count(kind.Value.Calls),
                    Count(kind.Value.Refused),
                    Count(kind.Value.Challenged),
                    Count(kind.Value.ChallengeFailed),
                    Percent(kind.Value.Stopped, "0.00"),
                }
            )
        );
        Console.WriteLine();
        TextTable.Print(
            ["rule", "decided"],
            figures
                .ByRule.OrderByDescending(rule => rule.Value)
                .Select(rule => new[] { rule.Key.Length == 0 ? "(nobody objects)" : rule.Key, Count(rule.Value) })
        );
        Console.WriteLine();
        Console.WriteLine(
            $"catch rate {Terminal.Bold(Percent(figures.CatchRate, "0.00"))}, "
                + $"false refusals {Terminal.Bold(Percent(figures.FalseRefusalRate, "0.000"))}"
        );
        PrintAppeal(read, figures);
    }

    private static void PrintAppeal(PolicyFile read, SimulationFigures figures)
    {
        AppealFigures appeals = figures.Appeals;
        if (figures.FirstFalseRefusal is not { } wronged)
        {
            Console.WriteLine("no legitimate call was refused at once");
            return;
        }

        Console.WriteLine(
            $"legitimate calls refused at once: {Count(appeals.Refused)}; through after one appeal: {Count(appeals.Through)}, "
                + $"{Count(appeals.ThroughOnceSigned)} more once their provider signs the call; "
                + $"on the callee's own list, which only the callee changes: {Count(appeals.ByCallee)}"
        );
        Verdict refused = read.Policy!.Decide(wronged);
        Verdict appealed = read.Policy.Decide(
            wronged with
            {
                Reputation = new ReputationFacts(100, 0, vouched: true),
                Verification = Stir.Verification.VerificationOutcome.Passed,
            }
        );
        Console.WriteLine(
            $"the first of them, {wronged.Caller} at {wronged.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}: "
                + $"{refused.Summary} by {refused.Rule}; after the appeal, signed: {appealed.Summary} by {appealed.Rule}"
        );
    }

    private static string Name(CallerKind kind) =>
        kind switch
        {
            CallerKind.Person => "person",
            CallerKind.Business => "business",
            CallerKind.Reminder => "reminder (a wanted machine)",
            CallerKind.Cycling => "robocaller cycling through numbers",
            CallerKind.Neighbour => "robocaller with neighbours' numbers",
            CallerKind.Sequential => "robocaller dialling in sequence",
            _ => "robocaller in bursts",
        };

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part, string format) =>
        (100 * part).ToString(format, CultureInfo.InvariantCulture) + " %";
}
