using Ringfence.Diagnosis.Media;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-28: the call was answered, and ringing tone plays in the answered call.</summary>
internal sealed class FalseAnswer()
    : Rule("EM-28", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §13.3.1.4")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 } && call.ToCaller.Any(s => s.HasAudio);

    public override Finding? Check(CallView call)
    {
        foreach (var stream in call.ToCaller.Where(s => s.HasAudio && s.Envelope.HasCadence))
        {
            foreach (
                var segment in StreamHearing.Of(stream).Where(s => s is { Kind: HeardKind.Ringback, IsWhole: true })
            )
            {
                var heard = stream.Start + (segment.Start.Ticks * 100);

                // Ringing that began before the answer may run on for a moment.
                if (heard > call.Final!.Time + 500_000_000)
                {
                    return Found(
                        call,
                        FindingConfidence.Likely,
                        [
                            new Evidence(call.Final.Frame, call.Final.Time, call.Final.Label),
                            new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source),
                        ],
                        ("seconds", Number((segment.End - segment.Start).TotalSeconds))
                    );
                }
            }
        }

        return null;
    }
}
