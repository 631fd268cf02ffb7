using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-11: Identity came in on one leg and did not go out on the other.</summary>
internal sealed class IdentityLostInside() : Rule("BK-11", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.1")
{
    public override bool Applies(CallView call) =>
        call.Call.Legs.Count > 0 && call.Invite?.Sip.Has(HeaderId.Identity) == true;

    public override Finding? Check(CallView call)
    {
        var later = call.Call.Legs.FirstOrDefault(leg =>
            leg.Call.Invite is { } invite && invite.Time > call.Invite!.Time && !invite.Sip.Has(HeaderId.Identity)
        );
        return later is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, later.Call.Invite],
                ("bytes", Number((long)call.Invite!.Sip.Bytes.Length))
            );
    }
}
