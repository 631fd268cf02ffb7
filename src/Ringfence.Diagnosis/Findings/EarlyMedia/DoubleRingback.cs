namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-22: 180 without session description while media plays: callers that ring locally as well mix two tones.</summary>
internal sealed class DoubleRingback() : Rule("EM-22", FindingSeverity.Warning, FindingBasis.Should, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) => call.Provisionals.Any(m => m.Status == 180 && m.Sdp is null);

    public override Finding? Check(CallView call)
    {
        var ringing = call.Provisionals.First(m => m.Status == 180 && m.Sdp is null);

        // Media that begins just before the 200 is the answer itself.
        const long Overlap = 1_000_000_000;
        var stream = call.EarlyToCaller.FirstOrDefault(s => s.End > ringing.Time && s.Start + Overlap < call.EarlyEnd);
        return stream is null
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [
                    new Evidence(ringing.Frame, ringing.Time, ringing.Label),
                    new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source),
                ],
                ("packets", Number(stream.Packets))
            );
    }
}
