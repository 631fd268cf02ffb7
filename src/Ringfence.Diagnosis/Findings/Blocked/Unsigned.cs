using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-10: the INVITE has no Identity, and the other side asks for one.</summary>
internal sealed class Unsigned() : Rule("BK-10", FindingSeverity.Warning, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 428 or 403;

    public override Finding? Check(CallView call) =>
        call.Invite!.Sip.Has(HeaderId.Identity) || call.Final!.Status != 428
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final]);
}
