using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-21: an Identity header cannot be read.</summary>
internal sealed class IdentityMalformed() : Rule("BK-21", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §4")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0;

    public override Finding? Check(CallView call)
    {
        var wrong = call.Identities.FirstOrDefault(i =>
            i.Fault != Fault.None
            && FaultStatus.RuleOf(i.Fault)
                is VerificationRule.Header
                    or VerificationRule.Token
                    or VerificationRule.Claims
        );
        return wrong is null
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("fault", wrong.Fault.ToString()));
    }
}
