using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-08: timestamps run faster or slower than the clock of the codec.</summary>
internal sealed class ClockWrong() : Rule("MD-08", FindingSeverity.Warning, FindingBasis.Must, "RFC 3550 §5.1")
{
    // Crystals stay within a few hundred millionths; a jitter buffer bears half a percent for minutes (0.5 % of 10 s are 50 ms).
    private const double Bearable = 0.005;
    private const int Enough = 300;

    // Longer than any jitter: the sender paused.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public override bool Applies(CallView call) => call.Call.Streams.Any(IsMeasured);

    public override Finding? Check(CallView call)
    {
        foreach (var stream in call.Call.Streams.Where(IsMeasured))
        {
            var off = (stream.MeasuredClock!.Value / stream.ClockRate) - 1;
            if (Math.Abs(off) > Bearable)
            {
                return Found(
                    call,
                    FindingConfidence.Likely,
                    [
                        new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} > {stream.Destination}"),
                        new Evidence(stream.LastFrame, stream.End, $"RTP {stream.Source} > {stream.Destination}"),
                    ],
                    ("measured", Number(stream.MeasuredClock.Value)),
                    ("clock", Number((long)stream.ClockRate)),
                    ("percent", Number(100 * off)),
                    ("stream", $"{stream.Source} > {stream.Destination}")
                );
            }
        }

        return null;
    }

    // With the codec unknown its clock is a guess, and senders that pause may stop their timestamps.
    private static bool IsMeasured(RtpStream stream) =>
        stream.Packets >= Enough
        && stream.Format is { Name: not "telephone-event" }
        && stream.MeasuredClock is not null
        && stream.LongestGap < Pause;
}
