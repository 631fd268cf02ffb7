using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-06: media came with a payload type that was not negotiated, or offer and answer have no codec in common.</summary>
internal sealed class CodecMismatch() : Rule("EM-06", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §6.1")
{
    public override bool Applies(CallView call) => call.Offer is not null && call.Answers.Any();

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Answers)
        {
            if (
                message.Sdp!.Audio is not { IsRejected: false, Formats.Count: > 0 } answer
                || call.Offer!.Formats.Count == 0
            )
            {
                continue;
            }

            if (!answer.Formats.Any(f => f.IsAudio && call.Offer.Formats.Any(o => o.Format == f.Format)))
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Invite, message],
                    ("offered", Names(call.Offer)),
                    ("answered", Names(answer)),
                    ("seen", Names(answer))
                );
            }
        }

        return Unnegotiated(call);
    }

    // Both sides' payload types count: either may have been sent (RFC 3264 §5.1, §6.1).
    private Finding? Unnegotiated(CallView call)
    {
        var known = call
            .Hop.Where(m => m.Sdp is not null)
            .SelectMany(m => m.Sdp!.Media)
            .SelectMany(m => m.Formats)
            .Select(f => f.PayloadType)
            .ToHashSet();
        foreach (var stream in call.EarlyToCaller)
        {
            foreach (var (type, packets) in stream.PayloadTypes)
            {
                // Comfort noise (13) is used without being named by many, and tolerated.
                if (packets >= 3 && type != 13 && !known.Contains(type))
                {
                    return Found(
                        call,
                        FindingConfidence.Likely,
                        [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} PT {type}")],
                        ("offered", Names(call.Offer!)),
                        ("answered", Names(call.Answers.First().Sdp!.Audio)),
                        ("seen", $"PT {type}")
                    );
                }
            }
        }

        return null;
    }

    private static string Names(MediaDescription? media) =>
        media is null
            ? "–"
            : string.Join(", ", media.Formats.Where(f => f.IsAudio).Select(f => $"{f.Format} ({f.PayloadType})"));
}
