using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-31: the media to the caller breaks off or begins anew at the answer.</summary>
internal sealed class PreviewClipped()
    : Rule("EM-31", FindingSeverity.Information, FindingBasis.Observed, "RFC 3550 §8")
{
    private const double Heard = 0.2;
    private const long Near = 500_000_000;
    private const byte ComfortNoise = 13;

    public override bool Applies(CallView call) => call.Final is { Status: < 300 } && call.EarlyToCaller.Any();

    public override Finding? Check(CallView call)
    {
        var before = call.EarlyToCaller.MaxBy(s => s.End)!;
        return before.End > call.Final!.Time + Near ? Within(call, before) : Between(call, before);
    }

    // One source ends, another begins.
    private Finding? Between(CallView call, RtpStream before)
    {
        var after = call.ToCaller.Where(s => s != before && s.Start >= call.Final!.Time).MinBy(s => s.Start);
        return after is not null && CallView.Seconds(before.End, after.Start) is >= Heard and var gap
            ? Found(
                call,
                FindingConfidence.Certain,
                [
                    new Evidence(before.LastFrame, before.End, "RTP " + before.Source),
                    new Evidence(after.FirstFrame, after.Start, "RTP " + after.Source),
                ],
                ("seconds", Number(gap))
            )
            : null;
    }

    // One source goes on: its longest gap lies at the answer. Where silence is suppressed a gap may be nothing but silence.
    private Finding? Within(CallView call, RtpStream stream)
    {
        var answer = call.Final!.Time;
        var from = stream.LongestGapFrom;
        var gap = stream.LongestGap.TotalSeconds;
        var isAtAnswer = from <= answer + Near && from + (stream.LongestGap.Ticks * 100) >= answer - Near;
        return
            from > 0 && gap >= Heard && isAtAnswer && !stream.PayloadTypes.Any(type => type.PayloadType == ComfortNoise)
            ? Found(
                call,
                stream.Restarted == from + (stream.LongestGap.Ticks * 100)
                    ? FindingConfidence.Certain
                    : FindingConfidence.Likely,
                [
                    new Evidence(call.Final.Frame, call.Final.Time, call.Final.Label),
                    new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source),
                ],
                ("seconds", Number(gap))
            )
            : null;
    }
}
