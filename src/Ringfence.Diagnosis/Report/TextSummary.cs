using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>What became of every call, a line each; of many exchanges that all went the same way, a line together.</summary>
internal sealed class TextSummary(TextLines lines, FindingTexts texts)
{
    private const int Listed = 60;
    private const int Alike = 3;

    public void Write(CallDiagnosis diagnosis, IReadOnlyList<ReportedCall> calls)
    {
        lines.Wrapped(
            Counts.Of(
                texts,
                calls.Sum(call => call.Legs.Count),
                calls.Sum(call => call.Findings.Count),
                diagnosis.Trace.Capture.SipMessages,
                diagnosis.Trace.Streams.Count
            ),
            "",
            0,
            TextLines.Bold
        );
        var groups = calls
            .GroupBy(call => call.IsDrawn ? call.Call.CallId : $"{call.Call.Kind} {Verdict.Of(call.Call, texts)}")
            .SelectMany(group =>
                group.Count() > Alike ? [group.ToList()] : group.Select(one => new List<ReportedCall> { one })
            )
            .ToList();
        var kept =
            groups.Count <= Listed
                ? groups
                :
                [
                    .. groups
                        .Index()
                        .OrderByDescending(one => one.Item[0].IsDrawn)
                        .ThenByDescending(one => one.Item[0].Severity ?? (FindingSeverity)(-1))
                        .Take(Listed)
                        .OrderBy(one => one.Index)
                        .Select(one => one.Item),
                ];
        foreach (var group in kept)
        {
            Line(group);
        }

        if (groups.Count > kept.Count)
        {
            var left = groups.Sum(group => group.Count) - kept.Sum(group => group.Count);
            lines.Wrapped("  ", texts.Word("more.calls", ("count", left.ToString(CultureInfo.InvariantCulture))), 4);
        }
    }

    private void Line(List<ReportedCall> group)
    {
        const int Indent = 6;
        var first = group[0];
        var kind = texts.Word("kind." + first.Call.Kind);
        if (group.Count > 1)
        {
            var count = group.Count.ToString(CultureInfo.InvariantCulture);
            lines.Wrapped($"  {kind} ×{count}{texts.Word("colon")}", Verdict.Of(first.Call, texts), Indent);
            return;
        }

        Leg(first.Call, $"  {kind}", first.Findings, Indent);
        foreach (var leg in first.Legs.Skip(1))
        {
            Leg(leg, $"    {texts.Word("label.legs")}", [], Indent + 2);
        }
    }

    private void Leg(Call call, string head, IReadOnlyList<Finding> findings, int indent)
    {
        var ids = findings
            .Where(finding => finding.Severity > FindingSeverity.Information)
            .Select(finding => finding.Id)
            .Distinct(StringComparer.Ordinal);
        var told = string.Join(' ', ids);
        lines.Wrapped(
            head,
            $"{call.From} → {call.To}{texts.Word("colon")} {Verdict.Of(call, texts)}{(told.Length > 0 ? $"  [{told}]" : "")}",
            indent,
            TextLines.InkOf(call)
        );
    }
}
