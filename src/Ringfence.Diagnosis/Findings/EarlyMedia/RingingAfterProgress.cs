namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-03: 180 without session description after a 183 with one, and no media: the caller should ring locally.</summary>
internal sealed class RingingAfterProgress()
    : Rule("EM-03", FindingSeverity.Warning, FindingBasis.Should, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) =>
        call.TraceHasMedia
        && call.OfferedTo is not null
        && call.Provisionals.Any(m => m.Status == 183 && m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var progress = call.Provisionals.First(m => m.Status == 183 && m.Sdp is not null);
        var ringing = call.Provisionals.FirstOrDefault(m => m.Status == 180 && m.Sdp is null && m.Time > progress.Time);
        return ringing is not null && !call.EarlyToCaller.Any()
            ? Found(call, FindingConfidence.Likely, [progress, ringing])
            : null;
    }
}
