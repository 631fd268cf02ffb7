using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-19: the number in the PASSporT is not the one that was called.</summary>
internal sealed class DestinationMismatch() : Rule("BK-19", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2")
{
    public override bool Applies(CallView call) =>
        call.Passport is { Type: not (PassportType.Div or PassportType.DivO) };

    public override Finding? Check(CallView call)
    {
        var callees = SignedParties.Callees(call.Invite!);
        var claimed = call.Passport!.Claims.Dest;
        var diverted = call.Identities.Any(i => i.Token is { Type: PassportType.Div or PassportType.DivO });
        return callees.Count == 0 || diverted || claimed.Any(callees.Contains)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("claimed", string.Join(", ", claimed.Select(c => c.Value))),
                ("called", string.Join(", ", callees.Select(c => c.Value).Distinct(StringComparer.Ordinal)))
            );
    }
}
