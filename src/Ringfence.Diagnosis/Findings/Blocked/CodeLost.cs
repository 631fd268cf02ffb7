namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-08: 607 or 608 came in on one leg and went out as another code on the other.</summary>
internal sealed class CodeLost() : Rule("BK-08", FindingSeverity.Error, FindingBasis.Interop, "RFC 8197 §6")
{
    public override bool Applies(CallView call) => call.Final?.Status is 607 or 608 && call.Call.Legs.Count > 0;

    public override Finding? Check(CallView call)
    {
        var lost = call.Call.Legs.FirstOrDefault(leg =>
            leg.Call.Invite?.Time < call.Invite!.Time
            && leg.Call.Final is { Status: >= 400 } final
            && final.Status != call.Final!.Status
        );
        return lost is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [call.Final, lost.Call.Final],
                ("got", CallView.Status(call.Final)),
                ("passed", lost.Call.Final!.Label)
            );
    }
}
