using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>A call as a report tells it: once, with all its legs and what was found on any of them.</summary>
/// <param name="Call">The leg that began first.</param>
/// <param name="Legs">All legs, the first among them.</param>
/// <param name="Findings">What was found on them, gravest first.</param>
internal sealed record ReportedCall(Call Call, IReadOnlyList<Call> Legs, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether it has a ladder of its own: calls always, other exchanges where something was found.</summary>
    public bool IsDrawn => Call.Kind == CallKind.Call || Findings.Count > 0;

    /// <summary>How grave it is; nothing found is null.</summary>
    public FindingSeverity? Severity => Findings.Count == 0 ? null : Findings.Max(finding => finding.Severity);

    public IEnumerable<RtpStream> Streams => Legs.SelectMany(leg => leg.Streams).Distinct();

    /// <summary>The calls that are to be shown, in the order in which they began.</summary>
    public static IReadOnlyList<ReportedCall> Of(CallDiagnosis diagnosis, CallFilter filter)
    {
        HashSet<Call> told = [];
        List<ReportedCall> calls = [];
        foreach (var call in diagnosis.Trace.Calls)
        {
            if (told.Contains(call))
            {
                continue;
            }

            var legs = LadderBuilder.Legs(call);
            told.UnionWith(legs);
            if (!legs.Any(leg => filter.Lets(leg, diagnosis)))
            {
                continue;
            }

            calls.Add(Of(call, legs, diagnosis));
        }

        return calls;
    }

    /// <summary>One call with its legs.</summary>
    public static ReportedCall Of(Call call, CallDiagnosis diagnosis) => Of(call, LadderBuilder.Legs(call), diagnosis);

    // What is seen on two legs, and is the same, is told once.
    private static ReportedCall Of(Call call, IReadOnlyList<Call> legs, CallDiagnosis diagnosis)
    {
        var findings = legs.SelectMany(diagnosis.Of)
            .DistinctBy(finding => (finding.Id, string.Join(' ', finding.Evidence.Select(one => one.Frame))))
            .OrderByDescending(finding => finding.Severity);
        return new ReportedCall(call, legs, [.. findings]);
    }

    /// <summary>The calls that are drawn: in a long trace the grave ones go before the others.</summary>
    public static IReadOnlyList<ReportedCall> Drawn(IReadOnlyList<ReportedCall> calls, int most)
    {
        var drawn = calls.Where(call => call.IsDrawn).ToList();
        return drawn.Count <= most
            ? drawn
            :
            [
                .. drawn
                    .Index()
                    .OrderByDescending(one => one.Item.Severity ?? (FindingSeverity)(-1))
                    .Take(most)
                    .OrderBy(one => one.Index)
                    .Select(one => one.Item),
            ];
    }
}
