using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-02: the call was answered with audio agreed, and no packet of it flowed.</summary>
internal sealed class NoAudio() : Rule("MD-02", FindingSeverity.Error, FindingBasis.Observed, "RFC 3264 §5.1")
{
    public override bool Applies(CallView call) =>
        call.TraceHasMedia && call.Final is { Status: >= 200 and < 300, Sdp: not null } && call.Offer is not null;

    private const double LongEnough = 2;

    public override Finding? Check(CallView call)
    {
        var until = call.Call.Ending?.Time ?? call.Trace.End;
        return
            call.Call.Streams.Count > 0
            || CallView.Seconds(call.Final!.Time, until) < LongEnough
            || call.Final.Sdp!.Audio is not { IsRejected: false, Direction: not MediaDirection.Inactive }
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [call.Invite, call.Final],
                ("caller", call.OfferedTo?.ToString() ?? "–"),
                ("callee", CallView.AudioAddress(call.Final)?.ToString() ?? "–")
            );
    }
}
