using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-12: the time in the PASSporT is too far from the time of the call, or the PASSporT was another call's.</summary>
internal sealed class IdentityStale() : Rule("BK-12", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) => call.Passport is not null;

    // The freshness that RFC 8224 §5.1 and ATIS-1000074 take.
    private const double Freshness = 60;

    public override Finding? Check(CallView call)
    {
        var skew = (call.Invite!.Time / 1e9) - call.Passport!.Claims.IssuedAt;
        if (Math.Abs(skew) > Freshness && call.Invite.Time != 0)
        {
            return Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, call.Final],
                ("skew", Number(skew)),
                ("calls", "1")
            );
        }

        // Each attempt is to be signed by itself: a token that another call has carried may be taken for a replay.
        var before = call.Others.SameParties(call.Call).FirstOrDefault(other => IsReuse(call, other));
        return before is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [before.Invite, call.Invite, call.Final],
                ("skew", Number(skew)),
                ("calls", "2")
            ) with
            {
                Severity = FindingSeverity.Warning,
            };
    }

    private static bool IsReuse(CallView call, Call other) =>
        other != call.Call
        && other.Invite!.Time < call.Invite!.Time
        && other.Legs.All(leg => leg.Call != call.Call)
        && other.Final is { Status: >= 300 } final
        && final.Time < call.Invite.Time
        && other.Invite.Sip.Value(HeaderId.Identity).SequenceEqual(call.Invite.Sip.Value(HeaderId.Identity));
}
