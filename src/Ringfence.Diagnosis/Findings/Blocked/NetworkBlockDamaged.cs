namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-05: 603+ came in on one leg and went out as something plainer on the other.</summary>
internal sealed class NetworkBlockDamaged() : Rule("BK-05", FindingSeverity.Error, FindingBasis.Interop, "ATIS-1000099")
{
    public override bool Applies(CallView call) =>
        call.Final?.Status == 603 && NetworkBlock.IsIn(call.Final) && call.Call.Legs.Count > 0;

    public override Finding? Check(CallView call)
    {
        var damaged = call.Call.Legs.FirstOrDefault(leg =>
            leg.Call.Invite?.Time < call.Invite!.Time
            && leg.Call.Final is { Status: >= 400 } final
            && !NetworkBlock.IsIn(final)
        );
        return damaged is null
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Final, damaged.Call.Final],
                ("passed", damaged.Call.Final!.Label)
            );
    }
}
