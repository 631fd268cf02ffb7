namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-08: several early dialogs sent media to the caller at once.</summary>
internal sealed class CompetingForks() : Rule("EM-08", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3960 §3.1")
{
    public override bool Applies(CallView call) => call.Call.EarlyDialogs.Count(d => d.FirstWithSdp is not null) > 1;

    public override Finding? Check(CallView call)
    {
        var sources = call.EarlyToCaller.Select(s => s.Source).Distinct().ToList();
        return sources.Count < 2
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                call.Call.EarlyDialogs.Select(d => d.FirstWithSdp),
                ("count", Number(sources.Count)),
                ("sources", string.Join(", ", sources))
            );
    }
}
