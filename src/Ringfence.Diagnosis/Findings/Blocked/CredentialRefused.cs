using Ringfence.Diagnosis.Calls;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-16: the certificate that signed the call is not trusted: by the verifier on the way, or by the roots given here.</summary>
internal sealed class CredentialRefused() : Rule("BK-16", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) =>
        call.Identities.Count > 0 && (call.Final?.Status == 437 || call.Verified is not null);

    public override Finding? Check(CallView call)
    {
        var url = ("url", TraceMessage.Text(call.Identities[0].Header.Info.Span));
        var refused = call.Verified?.Identities.FirstOrDefault(i =>
            i.Fault is not (Fault.CertificateExpired or Fault.CertificateNotYetValid or Fault.IatOutsideValidity)
            && FaultStatus.RuleOf(i.Fault)
                is VerificationRule.Path
                    or VerificationRule.Revocation
                    or VerificationRule.Authority
                    or VerificationRule.Constraints
        );
        return refused is not null
                ? Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Invite, call.Final],
                    url,
                    ("why", refused.Fault.ToString())
                )
            : call.Final?.Status == 437
                ? Found(call, FindingConfidence.Likely, [call.Invite, call.Final], url, ("why", "437"))
            : null;
    }
}
