using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-13: RTP went on after the call had ended.</summary>
internal sealed class MediaAfterEnd() : Rule("MD-13", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §15.1.1")
{
    public override bool Applies(CallView call) =>
        call.Call is { State: CallState.Completed, Ending: not null, Streams.Count: > 0 };

    private const double Grace = 2;

    public override Finding? Check(CallView call)
    {
        var end = call.Call.Ending!.Time;
        var late = call.Call.Streams.Where(s => s.Start < end).MaxBy(s => s.End);
        var seconds = late is null ? 0 : CallView.Seconds(end, late.End);
        return seconds < Grace
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [
                    new Evidence(call.Call.Ending.Frame, end, call.Call.Ending.Label),
                    new Evidence(late!.LastFrame, late.End, "RTP " + late.Source),
                ],
                ("seconds", Number(seconds)),
                ("source", late.Source.ToString())
            );
    }
}
