using System.Collections.Immutable;
using System.Globalization;

namespace Ringfence.Screening.Policy;

/// <summary>Which calls of the past would fare differently under another policy.</summary>
public sealed record ReplayReport
{
    /// <summary>Calls looked at.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that fare differently.</summary>
    public required int Changed { get; init; }

    /// <summary>The changes by kind, the most frequent first.</summary>
    public required ImmutableArray<ReplayChange> Summary { get; init; }

    /// <summary>The calls that change, in the order of the records, as many as were asked for.</summary>
    public required ImmutableArray<ReplayDifference> Differences { get; init; }

    /// <summary>The differences as rows of text: time, caller, callee, trunk, old answer, new answer, new rule.</summary>
    public IEnumerable<string[]> Rows() =>
        Differences.Select(d =>
            new[]
            {
                d.Facts.At.ToString("u", CultureInfo.InvariantCulture),
                d.Facts.Caller.Text,
                d.Facts.Callee.Text,
                d.Facts.Trunk,
                d.Old.Summary,
                d.New.Summary,
                d.New.Rule,
            }
        );

    /// <summary>The report in one line: "12 of 1000 calls would fare differently: 9 progress -> refuse 608 (bad-reputation), …".</summary>
    public override string ToString()
    {
        var changes = string.Join(
            ", ",
            Summary.Select(c => $"{c.Calls} {c.From} -> {c.To}{(c.Rule.Length == 0 ? "" : $" ({c.Rule})")}")
        );
        return $"{Changed} of {Calls} calls would fare differently{(changes.Length == 0 ? "" : ": ")}{changes}";
    }
}
