using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-22: the other side says why an Identity did not verify.</summary>
internal sealed class VerificationReported()
    : Rule("BK-22", FindingSeverity.Warning, FindingBasis.Should, "RFC 9410 §3")
{
    public override bool Applies(CallView call) =>
        call.Hop.Any(m => m.Response is not null && m.Sip.Has(HeaderId.Reason));

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Hop.Where(m => m.Response is not null))
        {
            if (Reason.TryFind(message.Sip, "STIR"u8, out var reason))
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Invite, message],
                    ("cause", Number((long)reason.Cause)),
                    ("text", TraceMessage.Text(reason.Text))
                );
            }
        }

        return null;
    }
}
