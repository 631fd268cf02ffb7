using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-21: an Identity header cannot be read.</summary>
internal sealed class IdentityMalformed() : Rule("BK-21", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §4")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0;

    public override Finding? Check(CallView call)
    {
        var wrong = call
            .Identities.Select(identity => identity.Fault)
            .Concat(call.Verified?.Identities.Select(identity => identity.Fault) ?? [])
            .FirstOrDefault(IsOfForm);
        return wrong == Fault.None
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("fault", wrong.ToString()));
    }

    private static bool IsOfForm(Fault fault) =>
        fault != Fault.None
        && FaultStatus.RuleOf(fault) is VerificationRule.Header or VerificationRule.Token or VerificationRule.Claims;
}
