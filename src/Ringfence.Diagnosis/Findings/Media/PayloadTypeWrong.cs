using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-04: a stream carries a payload type that its receiver never named, or changes to one during the call.</summary>
internal sealed class PayloadTypeWrong() : Rule("MD-04", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §5.1")
{
    private const int Enough = 25;

    // Comfort noise is used without being named by many, and tolerated.
    private const byte ComfortNoise = 13;

    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300, Sdp: not null }
        && call.Call.Streams.Any(s => s.End > call.Final.Time);

    public override Finding? Check(CallView call)
    {
        foreach (var stream in call.Call.Streams.Where(s => s.End > call.Final!.Time))
        {
            foreach (var (type, packets) in stream.PayloadTypes)
            {
                // Both sides' numbers are let pass: a number of the other side is a fault of asymmetry that most receivers bear.
                if (
                    packets >= Enough
                    && type != ComfortNoise
                    && !IsNamed(call, Number((long)type))
                    && NamedBy(call, stream) is { Length: > 0 } named
                )
                {
                    return Found(
                        call,
                        FindingConfidence.Likely,
                        [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} PT {type}")],
                        ("type", Number((long)type)),
                        ("packets", Number(packets)),
                        ("changed", type == stream.PayloadType ? "–" : $"PT {stream.PayloadType} → {type}"),
                        ("named", named)
                    );
                }
            }
        }

        return null;
    }

    private static bool IsNamed(CallView call, string type) =>
        call.Call.Messages.Any(m => m.NamedMedia.Any(named => named.Media.FormatTokens.Contains(type)));

    private static string? NamedBy(CallView call, RtpStream stream) =>
        call
            .Call.Messages.SelectMany(m => m.NamedMedia)
            .Where(named => named.Address == stream.Destination)
            .Select(named => string.Join(' ', named.Media.FormatTokens))
            .LastOrDefault();
}
