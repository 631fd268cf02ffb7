namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-12: the time in the PASSporT is too far from the time of the call.</summary>
internal sealed class IdentityStale() : Rule("BK-12", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) => call.Passport is not null;

    // The freshness that RFC 8224 §5.1 and ATIS-1000074 take.
    private const double Freshness = 60;

    public override Finding? Check(CallView call)
    {
        var skew = (call.Invite!.Time / 1e9) - call.Passport!.Claims.IssuedAt;
        return Math.Abs(skew) <= Freshness || call.Invite.Time == 0
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("skew", Number(skew)));
    }
}
