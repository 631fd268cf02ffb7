using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-25: the callee answers this caller busy or unavailable at once and every time, while others ring.</summary>
internal sealed class DisguisedBlock() : Rule("BK-25", FindingSeverity.Warning, FindingBasis.Observed, "RFC 8197 §1")
{
    public override bool Applies(CallView call) => call.Final?.Status is 480 or 486;

    private const double AtOnce = 0.1;

    public override Finding? Check(CallView call)
    {
        // Said once, at the first of them.
        var same = call.Others.SameParties(call.Call).ToList();
        return
            same[0] == call.Call
            && same.Count >= 3
            && same.TrueForAll(IsBlocked)
            && call.Others.SameCallee(call.Call).Any(c => c.EarlyDialogs.Count > 0)
            ? Found(call, FindingConfidence.Possible, same.Select(c => c.Final), ("count", Number((long)same.Count)))
            : null;
    }

    private static bool IsBlocked(Call call) =>
        call.Final?.Status is 480 or 486
        && call.EarlyDialogs.Count == 0
        && CallView.Seconds(call.Invite!, call.Final) < AtOnce;
}
