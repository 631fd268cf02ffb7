using System.Net;
using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-20: the Contact names an address that cannot be reached from the other side.</summary>
internal sealed class UnreachableContact() : Rule("SG-20", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §12.1.1")
{
    public override bool Applies(CallView call) => call.Final is { Status: >= 200 and < 300 };

    public override Finding? Check(CallView call)
    {
        var answer = call.Final!;
        if (
            answer.Source.IsUnknown
            || CallView.IsPrivate(answer.Source.Address)
            || answer.Sip.Has(HeaderId.RecordRoute)
            || !NameAddr.TryParse(answer.Sip.Value(HeaderId.Contact), out var contact)
            || !SipUri.TryParse(contact.Uri, out var uri)
            || !IPAddress.TryParse(TraceMessage.Text(uri.At.Address), out var address)
            || !CallView.IsPrivate(address)
        )
        {
            return null;
        }

        return Found(
            call,
            FindingConfidence.Likely,
            [answer],
            ("contact", address.ToString()),
            ("source", answer.Source.Address.ToString())
        );
    }
}
