using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-17: algorithm, type or extension of a PASSporT are not those of SHAKEN.</summary>
internal sealed class WrongJoseHeader() : Rule("BK-17", FindingSeverity.Error, FindingBasis.Must, "RFC 8225 §4")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0;

    public override Finding? Check(CallView call)
    {
        var wrong = call.Identities.FirstOrDefault(i =>
            i.Fault != Fault.None && FaultStatus.RuleOf(i.Fault) == VerificationRule.Jose
        );
        return wrong is null
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("fault", wrong.Fault.ToString()));
    }
}
