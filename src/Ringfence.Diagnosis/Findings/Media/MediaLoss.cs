using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-06: packets of a stream were lost or came unevenly, and on which side of the place of the capture.</summary>
internal sealed class MediaLoss() : Rule("MD-06", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3550 §6.4.1")
{
    private const int Enough = 100;

    // One packet in a hundred is where concealment begins to be heard.
    private const double Audible = 0.01;

    // What the usual jitter buffer of telephones evens out, in milliseconds (ITU-T Y.1541 table 1, class 0).
    private const double Uneven = 50;

    // The packets of a picture leave all at once, and say nothing of the path.
    private const int VideoClock = 90_000;

    public override bool Applies(CallView call) => call.Call.Streams.Any(s => s.Packets >= Enough);

    public override Finding? Check(CallView call)
    {
        var streams = call.Call.Streams.Where(s => s.Packets >= Enough).ToList();
        var worst = streams.MaxBy(Share)!;
        if (Share(worst) >= Audible)
        {
            return Result(call, worst, FindingConfidence.Certain, "before", worst.Lost, Share(worst));
        }

        // The receiver counts what the capture does not miss: lost on the rest of the way.
        var reported = streams.MaxBy(s => Reported(call, s))!;
        if (Reported(call, reported) is >= Audible and var share)
        {
            return Result(
                call,
                reported,
                FindingConfidence.Likely,
                "after",
                call.Trace.Rtcp.Reports[reported.Ssrc].Lost,
                share
            );
        }

        var late = streams
            .Where(s =>
                s.Format is { ClockRate: not VideoClock and var clock } && clock == s.ClockRate && s.Jitter > Uneven
            )
            .MaxBy(s => s.Jitter);
        return late is null ? null : Result(call, late, FindingConfidence.Likely, "jitter", late.Lost, Share(late));
    }

    private Finding Result(
        CallView call,
        RtpStream stream,
        FindingConfidence confidence,
        string where,
        long lost,
        double share
    ) =>
        Found(
            call,
            confidence,
            [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} > {stream.Destination}")],
            ("lost", Number(Math.Max(0, lost))),
            ("percent", Number(100 * Math.Max(0, share))),
            ("burst", Number(stream.LongestBurst)),
            ("jitter", Number(stream.HighestJitter)),
            ("where", where),
            ("stream", $"{stream.Source} > {stream.Destination}")
        );

    private static double Share(RtpStream stream) => stream.Lost / (double)(stream.Packets + stream.Lost);

    private static double Reported(CallView call, RtpStream stream) =>
        call.Trace.Rtcp.Reports.TryGetValue(stream.Ssrc, out var report) && report.Lost > 0
            ? report.Lost / (double)(stream.Packets + report.Lost)
            : 0;
}
