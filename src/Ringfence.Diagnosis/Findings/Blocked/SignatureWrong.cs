using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-20: the signature does not hold over the bytes that arrived, or is not written as JWS wants it.</summary>
internal sealed class SignatureWrong() : Rule("BK-20", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0;

    public override Finding? Check(CallView call)
    {
        var fault = call
            .Identities.Select(i => i.Fault)
            .Concat(call.Verified?.Identities.Select(i => i.Fault) ?? [])
            .FirstOrDefault(f =>
                f is Fault.TokenSignatureDer or Fault.TokenSignatureLength
                || (f != Fault.None && FaultStatus.RuleOf(f) == VerificationRule.Signature)
            );
        return fault == Fault.None
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("fault", fault.ToString()));
    }
}
