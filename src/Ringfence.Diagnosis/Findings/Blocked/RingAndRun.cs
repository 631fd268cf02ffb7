using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-27: one caller rings many numbers and hangs up at once.</summary>
internal sealed class RingAndRun() : Rule("BK-27", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §9")
{
    public override bool Applies(CallView call) => call.Call.State == CallState.Cancelled;

    private const int Many = 5;
    private const double Soon = 3;

    public override Finding? Check(CallView call)
    {
        // Said once, at the first of them.
        if (call.Others.SameCaller(call.Call).First() != call.Call)
        {
            return null;
        }

        var same = call.Others.SameCaller(call.Call).Where(c => c.State == CallState.Cancelled && IsShort(c)).ToList();
        return same.Count >= Many && same.Select(c => c.To).Distinct(StringComparer.Ordinal).Count() >= Many
            ? Found(call, FindingConfidence.Likely, same.Select(c => c.Ending), ("count", Number((long)same.Count)))
            : null;
    }

    private static bool IsShort(Call call) =>
        call.EarlyDialogs.Count > 0
        && call.Ending is { } cancel
        && CallView.Seconds(call.EarlyDialogs[0].Provisionals[0], cancel) < Soon;
}
