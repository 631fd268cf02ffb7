using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-07: the estimated quality is poor, and what costs most of it.</summary>
internal sealed class PoorQuality() : Rule("MD-07", FindingSeverity.Warning, FindingBasis.Observed, "ITU-T G.107")
{
    // R below 70: many users dissatisfied (ITU-T G.109 table 1).
    private const double Poor = 3.6;

    public override bool Applies(CallView call) => call.Call.Streams.Any(s => MosEstimate.Of(s) is not null);

    public override Finding? Check(CallView call)
    {
        var (stream, mos) = call
            .Call.Streams.Select(s => (Stream: s, Mos: MosEstimate.Of(s)))
            .Where(pair => pair.Mos is not null)
            .Select(pair => (pair.Stream, pair.Mos!.Value))
            .MinBy(pair => pair.Value.Mos);
        if (mos.Mos >= Poor)
        {
            return null;
        }

        var shares = new (string Name, double Cost)[]
        {
            ("codec", mos.CodecImpairment),
            ("loss", mos.LossImpairment - mos.CodecImpairment),
            ("delay", mos.DelayImpairment),
        };
        return Found(
            call,
            FindingConfidence.Likely,
            [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} > {stream.Destination}")],
            ("mos", Number(mos.Mos)),
            ("rating", Number(mos.Rating)),
            ("factor", shares.MaxBy(share => share.Cost).Name),
            ("ofCodec", Number(shares[0].Cost)),
            ("ofLoss", Number(shares[1].Cost)),
            ("ofDelay", Number(shares[2].Cost)),
            ("codec", mos.Codec)
        );
    }
}
