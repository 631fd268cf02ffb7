using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-09: the call was signed with a low attestation, and refused.</summary>
internal sealed class AttestationTooLow() : Rule("BK-09", FindingSeverity.Warning, FindingBasis.Observed, "RFC 8588 §4")
{
    // What does not verify is refused for that, whatever it attests.
    public override bool Applies(CallView call) =>
        call.Passport is { Type: PassportType.Shaken }
        && call.Final?.Status is 403 or 603 or 607 or 608
        && call.Identities.All(identity => identity.Fault == Fault.None)
        && call.Verified?.Outcome != VerificationOutcome.Failed;

    public override Finding? Check(CallView call)
    {
        var attest = call.Passport!.Claims.Attest;
        return attest is Attestation.B or Attestation.C
            ? Found(call, FindingConfidence.Possible, [call.Invite, call.Final], ("attest", attest.ToString()))
            : null;
    }
}
