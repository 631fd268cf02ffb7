namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-06: packets of a stream were lost on the way to the place of the capture.</summary>
internal sealed class MediaLoss() : Rule("MD-06", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3550 §6.4.1")
{
    public override bool Applies(CallView call) => call.Call.Streams.Any(s => s.Packets >= 100);

    // One packet in a hundred is where concealment begins to be heard.
    private const double Audible = 0.01;

    public override Finding? Check(CallView call)
    {
        var worst = call.Call.Streams.Where(s => s.Packets >= 100).MaxBy(s => s.Lost / (double)(s.Packets + s.Lost))!;
        var share = worst.Lost / (double)(worst.Packets + worst.Lost);
        return share < Audible
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [new Evidence(worst.FirstFrame, worst.Start, $"RTP {worst.Source} > {worst.Destination}")],
                ("lost", Number(worst.Lost)),
                ("percent", Number(100 * share)),
                ("burst", Number(worst.LongestBurst)),
                ("stream", $"{worst.Source} > {worst.Destination}")
            );
    }
}
