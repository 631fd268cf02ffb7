using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Simulation;

/// <summary>What came of a simulated day.</summary>
public sealed record SimulationFigures
{
    /// <summary>The figures by kind of caller.</summary>
    public required ImmutableSortedDictionary<CallerKind, KindFigures> ByKind { get; init; }

    /// <summary>How often each rule decided, by name.</summary>
    public required ImmutableSortedDictionary<string, int> ByRule { get; init; }

    /// <summary>The facts of the first legitimate call that was refused at once, if any.</summary>
    public CallFacts? FirstFalseRefusal { get; init; }

    /// <summary>What one appeal would do for the legitimate calls that were refused at once.</summary>
    public AppealFigures Appeals { get; init; }

    /// <summary>The part of the robocalls that did not get through, 0 to 1.</summary>
    public double CatchRate => StoppedOf(k => k >= CallerKind.Cycling);

    /// <summary>The part of the legitimate calls that did not get through, 0 to 1.</summary>
    public double FalseRefusalRate => StoppedOf(k => k < CallerKind.Cycling);

    /// <summary>The figures as a table in Markdown.</summary>
    public override string ToString()
    {
        var table = new StringBuilder()
            .AppendLine("| caller | calls | refused | challenged | challenge failed | did not get through |")
            .AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (kind, f) in ByKind)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {kind} | {f.Calls} | {f.Refused} | {f.Challenged} | {f.ChallengeFailed} | {100 * f.Stopped:0.00} % |"
            );
        }

        return table
            .AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"catch rate {100 * CatchRate:0.00} %, false refusals {100 * FalseRefusalRate:0.000} %"
            )
            .AppendJoin(
                ", ",
                ByRule.Select(r =>
                    $"{(r.Key.Length == 0 ? "(no rule)" : r.Key)} {r.Value.ToString(CultureInfo.InvariantCulture)}"
                )
            )
            .ToString();
    }

    private double StoppedOf(Func<CallerKind, bool> isOf)
    {
        var kinds = ByKind.Where(k => isOf(k.Key)).Select(k => k.Value).ToArray();
        return (double)kinds.Sum(f => f.Refused + f.ChallengeFailed) / Math.Max(1, kinds.Sum(f => f.Calls));
    }
}
