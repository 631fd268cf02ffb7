namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-02: 183 with a session description, and no RTP came to the caller before the final response.</summary>
internal sealed class AnnouncedButSilent() : Rule("EM-02", FindingSeverity.Error, FindingBasis.Interop, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) =>
        call.TraceHasMedia && call.OfferedTo is not null && call.Provisionals.Any(m => m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        const double Patience = 1;
        var progress = call.Provisionals.First(m => m.Sdp is not null);
        var seconds = CallView.Seconds(progress.Time, call.EarlyEnd);
        if (seconds < Patience || call.EarlyToCaller.Any())
        {
            return null;
        }

        // RTP of other calls in the trace shows that it would have been captured; of this call in the other direction, all the more.
        var confidence = call.Call.Streams.Count > 0 ? FindingConfidence.Likely : FindingConfidence.Possible;
        return Found(
            call,
            confidence,
            [progress, call.Final],
            ("address", call.OfferedTo.ToString()!),
            ("seconds", Number(seconds)),
            ("status", CallView.Status(progress))
        );
    }
}
