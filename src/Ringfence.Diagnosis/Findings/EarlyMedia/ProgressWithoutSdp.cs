namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-01: 183 carried no session description, and the caller hears nothing.</summary>
internal sealed class ProgressWithoutSdp()
    : Rule("EM-01", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) => call.Provisionals.Any(m => m.Status == 183);

    public override Finding? Check(CallView call)
    {
        var progress = call.Provisionals.FirstOrDefault(m =>
            m.Status == 183 && call.Provisionals.All(p => p.ToTag != m.ToTag || p.Time > m.Time || p.Sdp is null)
        );
        return
            progress is { Sdp: null, Sip.Body.IsEmpty: true }
            && !call.Provisionals.Any(m => m.Sdp is not null)
            && !call.EarlyToCaller.Any()
            ? Found(call, call.TraceHasMedia ? FindingConfidence.Certain : FindingConfidence.Likely, [progress])
            : null;
    }
}
