using System.Globalization;
using Ringfence.Output;
using Ringfence.Screening.Policy;

namespace Ringfence.Commands.Policies;

/// <summary>A replay as two tables: the changes by kind, and the calls that change.</summary>
internal static class ReplayText
{
    internal static void Print(ReplayReport report)
    {
        string changed = report.Changed.ToString("N0", CultureInfo.InvariantCulture);
        string calls = report.Calls.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine(Terminal.Bold($"{changed} of {calls} calls would fare differently"));
        if (report.Changed == 0)
        {
            return;
        }

        Console.WriteLine();
        TextTable.Print(
            ["calls", "old", "new", "by rule"],
            report.Summary.Select(change =>
                new[]
                {
                    change.Calls.ToString("N0", CultureInfo.InvariantCulture),
                    change.From,
                    change.To,
                    change.Rule.Length == 0 ? "-" : change.Rule,
                }
            )
        );
        if (report.Differences.IsEmpty)
        {
            return;
        }

        Console.WriteLine();
        TextTable.Print(["time", "caller", "callee", "trunk", "old", "new", "by rule"], report.Rows());
        if (report.Differences.Length < report.Changed)
        {
            string rest = (report.Changed - report.Differences.Length).ToString("N0", CultureInfo.InvariantCulture);
            Console.WriteLine(Terminal.Dim($"and {rest} more: --limit shows them"));
        }
    }
}
