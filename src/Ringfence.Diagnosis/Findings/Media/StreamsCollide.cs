using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-09: packets come twice, or two sources send at once between the same addresses.</summary>
internal sealed class StreamsCollide() : Rule("MD-09", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3550 §8.2")
{
    private const int Enough = 25;
    private const double Share = 0.02;
    private const long Together = 1_000_000_000;

    public override bool Applies(CallView call) => call.Call.Streams.Any(s => s.Packets >= Enough);

    public override Finding? Check(CallView call)
    {
        var twice = call.Call.Streams.FirstOrDefault(s => s.Duplicates >= Enough && s.Duplicates > Share * s.Packets);
        if (twice is not null)
        {
            return Found(
                call,
                FindingConfidence.Likely,
                [At(twice)],
                ("what", "duplicates"),
                ("count", Number(twice.Duplicates)),
                ("stream", $"{twice.Source} > {twice.Destination}")
            );
        }

        foreach (var same in call.Call.Streams.GroupBy(s => (s.Source, s.Destination)))
        {
            var ordered = same.Where(s => s.Packets >= Enough).OrderBy(s => s.Start).ToList();
            var pair = ordered
                .Zip(ordered.Skip(1))
                .FirstOrDefault(two =>
                    two.First.End - two.Second.Start > Together && IsSameKind(two.First, two.Second)
                );
            if (pair.First is not null)
            {
                return Found(
                    call,
                    FindingConfidence.Likely,
                    [At(pair.First), At(pair.Second)],
                    ("what", "SSRC"),
                    ("count", "2"),
                    ("stream", $"{pair.First.Source} > {pair.First.Destination}")
                );
            }
        }

        return null;
    }

    // Audio and video may share a port (RFC 8843), and so may retransmissions: what differs in payload type is no collision.
    private static bool IsSameKind(RtpStream left, RtpStream right) => left.PayloadType == right.PayloadType;

    private static Evidence At(RtpStream stream) =>
        new(stream.FirstFrame, stream.Start, $"RTP {stream.Source} SSRC {stream.Ssrc:X8}");
}
