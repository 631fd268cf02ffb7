namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-31: the media to the caller breaks off or begins anew at the answer.</summary>
internal sealed class PreviewClipped()
    : Rule("EM-31", FindingSeverity.Information, FindingBasis.Observed, "RFC 3550 §8")
{
    public override bool Applies(CallView call) => call.Final is { Status: < 300 } && call.EarlyToCaller.Any();

    private const double Heard = 0.2;

    public override Finding? Check(CallView call)
    {
        var before = call.EarlyToCaller.MaxBy(s => s.End)!;
        var after = call.ToCaller.Where(s => s != before && s.Start >= call.Final!.Time).MinBy(s => s.Start);
        if (after is null || before.End > call.Final!.Time + 500_000_000)
        {
            return null;
        }

        var gap = CallView.Seconds(before.End, after.Start);
        return gap < Heard
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [
                    new Evidence(before.LastFrame, before.End, "RTP " + before.Source),
                    new Evidence(after.FirstFrame, after.Start, "RTP " + after.Source),
                ],
                ("seconds", Number(gap))
            );
    }
}
