using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-01: audio went one way only.</summary>
internal sealed class OneWayAudio() : Rule("MD-01", FindingSeverity.Error, FindingBasis.Observed, "RFC 3264 §5.1")
{
    public override bool Applies(CallView call) =>
        call.TraceHasMedia && call.Final is { Status: >= 200 and < 300, Sdp: not null } && call.Offer is not null;

    // Rules of duration are one-sided: silence suppression stretches gaps.
    private const double LongEnough = 2;

    public override Finding? Check(CallView call)
    {
        var until = call.Call.Ending?.Time ?? call.Trace.End;
        var answered = call.Final!.Sdp!.Audio;
        if (
            CallView.Seconds(call.Final.Time, until) < LongEnough
            || answered is not { Direction: MediaDirection.SendRecv, IsRejected: false }
            || call.Offer!.Direction != MediaDirection.SendRecv
        )
        {
            return null;
        }

        var there = call
            .Call.Streams.Where(s =>
                s.Source.Bits == call.Call.Caller.Bits || s.Destination == CallView.AudioAddress(call.Final)
            )
            .ToList();
        var back = call.ToCaller.ToList();
        return (there.Count == 0) == (back.Count == 0)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                there
                    .Concat(back)
                    .Take(1)
                    .Select(s => new Evidence(s.FirstFrame, s.Start, $"RTP {s.Source} > {s.Destination}")),
                ("way", there.Count > 0 ? "caller>callee" : "callee>caller"),
                ("packets", Number(there.Concat(back).Sum(s => s.Packets)))
            );
    }
}
