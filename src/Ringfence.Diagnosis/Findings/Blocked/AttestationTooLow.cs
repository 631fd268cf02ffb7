using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-09: the call was signed with a low attestation, and refused.</summary>
internal sealed class AttestationTooLow() : Rule("BK-09", FindingSeverity.Warning, FindingBasis.Observed, "RFC 8588 §4")
{
    public override bool Applies(CallView call) =>
        call.Passport is { Type: PassportType.Shaken } && call.Final?.Status is 403 or 603 or 607 or 608;

    public override Finding? Check(CallView call)
    {
        var attest = call.Passport!.Claims.Attest;
        return attest is Attestation.B or Attestation.C
            ? Found(call, FindingConfidence.Possible, [call.Invite, call.Final], ("attest", attest.ToString()))
            : null;
    }
}
