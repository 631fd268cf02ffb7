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
        var all = call
            .Call.Messages.SelectMany(m => m.Sdp?.Media ?? [])
            .SelectMany(m => m.FormatTokens)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var stream in call.Call.Streams.Where(s => s.End > call.Final!.Time))
        {
            var named = NamedBy(call, stream);
            foreach (var (type, packets) in stream.PayloadTypes)
            {
                // Both sides' numbers are let pass: a number of the other side is a fault of asymmetry that most receivers bear.
                if (packets >= Enough && type != ComfortNoise && named.Length > 0 && !all.Contains(Number((long)type)))
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

    private static string NamedBy(CallView call, RtpStream stream) =>
        call.Call.Messages.Where(m => m.Sdp is not null)
            .SelectMany(m => m.Sdp!.Media.Where(media => MediaTies.AddressOf(m, media) == stream.Destination))
            .Select(media => string.Join(' ', media.FormatTokens))
            .LastOrDefault()
        ?? "";
}
