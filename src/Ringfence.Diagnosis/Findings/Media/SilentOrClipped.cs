using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-11: an answered side sends nothing but silence, or so loud that it is cut off.</summary>
internal sealed class SilentOrClipped() : Rule("MD-11", FindingSeverity.Warning, FindingBasis.Observed, "ITU-T G.711")
{
    // Below this nobody hears anything on a telephone (dBm0).
    private const double Inaudible = -60;

    // Five seconds without a breath are no pause in speaking.
    private const double LongEnough = 5;
    private const double Audible = 0.01;

    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 } && call.Call.Streams.Any(s => IsListenedTo(call, s));

    public override Finding? Check(CallView call)
    {
        foreach (var stream in call.Call.Streams.Where(s => IsListenedTo(call, s)))
        {
            var heard = stream.Envelope;
            var (level, clipped) = (heard.Level, heard.Clipped);
            if (heard.Seconds < LongEnough || (level >= Inaudible && clipped < Audible))
            {
                continue;
            }

            return Found(
                call,
                level < Inaudible ? FindingConfidence.Possible : FindingConfidence.Likely,
                [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} > {stream.Destination}")],
                ("what", level < Inaudible ? "silence" : "clipping"),
                ("level", Number(level)),
                ("percent", Number(100 * clipped)),
                ("stream", $"{stream.Source} > {stream.Destination}")
            );
        }

        return null;
    }

    // What began before the answer is judged by the rules of early media.
    private static bool IsListenedTo(CallView call, RtpStream stream) =>
        stream.HasAudio && stream.Start >= call.Final!.Time - 1_000_000_000;
}
