using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-06: media came with a payload type that was not negotiated, or offer and answer have no codec in common.</summary>
internal sealed class CodecMismatch() : Rule("EM-06", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §6.1")
{
    public override bool Applies(CallView call) => call.Offer is not null && call.Answers.Any();

    public override Finding? Check(CallView call) => WrongClock(call) ?? NothingInCommon(call) ?? Unnegotiated(call);

    private Finding? NothingInCommon(CallView call)
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

        return null;
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

    // A static payload type has its clock by RFC 3551, whatever a=rtpmap says: G722/16000 is the error that everyone makes once.
    private Finding? WrongClock(CallView call)
    {
        foreach (var message in call.Answers.Prepend(call.Invite!))
        {
            var odd = message.Sdp?.Audio?.Formats.FirstOrDefault(f =>
                AudioFormat.OfStatic(f.PayloadType) is { } usual
                && usual.IsNamed(f.Format.Name)
                && usual.ClockRate != f.Format.ClockRate
            );
            if (odd is not null)
            {
                return Found(
                    call,
                    FindingConfidence.Likely,
                    [message],
                    ("offered", Names(call.Offer)),
                    ("answered", Names(call.Answers.First().Sdp!.Audio)),
                    ("seen", $"{odd.Format} (PT {odd.PayloadType})")
                );
            }
        }

        return null;
    }
}
