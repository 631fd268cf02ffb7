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
                && CallView.AudioAddress(message) is { } media
                && CallView.IsPrivate(media.Address)
                && !media.Address.Equals(IPAddress.Any)
                && !media.Address.Equals(IPAddress.IPv6Any)
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
                    ("address", media.Address.ToString()),
                    ("source", message.Source.Address.ToString())
                );
            }
        }

        return null;
    }
}
