namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-03: 180 without session description after a 183 with one, and no media: the caller should ring locally.</summary>
internal sealed class RingingAfterProgress()
    : Rule("EM-03", FindingSeverity.Warning, FindingBasis.Should, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) =>
        call.Provisionals.Any(m => m.Status == 183 && m.Sdp is not null)
        && (call.Call.Legs.Count > 0 || (call.TraceHasMedia && call.OfferedTo is not null));

    public override Finding? Check(CallView call)
    {
        var progress = call.Provisionals.First(m => m.Status == 183 && m.Sdp is not null);
        var ringing = call.Provisionals.FirstOrDefault(m => m.Status == 180 && m.Sdp is null && m.Time > progress.Time);
        if (ringing is null)
        {
            return null;
        }

        if (call.TraceHasMedia && call.OfferedTo is not null && !call.EarlyToCaller.Any())
        {
            return Found(call, FindingConfidence.Likely, [progress, ringing], ("what", "no audio"));
        }

        // The leg of the caller got the 183, and never the 180.
        var passed = call
            .Call.Legs.Where(leg => leg.Call.Invite?.Time < call.Invite!.Time)
            .Select(leg => leg.Call.EarlyDialogs.SelectMany(d => d.Provisionals).ToList())
            .FirstOrDefault(all => all.Count > 0 && all.TrueForAll(m => m.Status == 183));
        return passed is null || ringing.Time + Passing > call.EarlyEnd
            ? null
            : Found(call, FindingConfidence.Likely, [progress, ringing, passed[0]], ("what", "not passed"));
    }

    // What a hop may take to pass a response on.
    private const long Passing = 500_000_000;
}
