using System.Net;
using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-05: a private or unusable address stands in c= while the signalling comes from a public one.</summary>
internal sealed class UnusableMediaAddress()
    : Rule("EM-05", FindingSeverity.Error, FindingBasis.Interop, "RFC 8866 §5.7")
{
    public override bool Applies(CallView call) => call.Answers.Any() || call.OfferedTo is not null;

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Answers.Prepend(call.Invite).OfType<TraceMessage>())
        {
            if (
                !message.Source.IsUnknown
                && !CallView.IsPrivate(message.Source.Address)
                && Unusable(message) is { } address
            )
            {
                // A relay that answers to where packets come from (latching) may still make it work: then packets flow.
                var flows = call.Call.Streams.Any(s =>
                    s.Source.Bits == message.Source.Bits || s.Destination.Bits == message.Source.Bits
                );
                return Found(
                    call,
                    flows ? FindingConfidence.Possible : FindingConfidence.Likely,
                    [message],
                    ("address", address),
                    ("source", message.Source.Address.ToString())
                );
            }
        }

        return null;
    }

    // 0.0.0.0 is hold where a call is up (RFC 3264 §8.4); before the answer it is nowhere. Names are let pass: RFC 8866 §5.7 allows them.
    private static string? Unusable(TraceMessage message) =>
        message.Sdp?.Audio is not { IsRejected: false } audio
        || (audio.Connection ?? message.Sdp!.Connection)?.Address is not { } address
            ? null
        : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? message.Status is > 100 and < 200 ? address.ToString()
                : null
        : CallView.IsPrivate(address) ? address.ToString()
        : null;
}
