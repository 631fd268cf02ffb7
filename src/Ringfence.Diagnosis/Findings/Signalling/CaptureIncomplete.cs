using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-30: the trace does not show the whole call: nothing is said of its outcome.</summary>
internal sealed class CaptureIncomplete()
    : Rule("SG-30", FindingSeverity.Information, FindingBasis.Observed, "RFC 3261 §17")
{
    public override bool Applies(CallView call) => call.Call.Kind == CallKind.Call;

    public override Finding? Check(CallView call)
    {
        if (call.Call.State != CallState.Incomplete)
        {
            return null;
        }

        var oneWay = call.Hop.All(m => m.IsSameWay(call.Hop[0]));
        return Found(
            call,
            FindingConfidence.Certain,
            [call.Hop[0], call.Hop[^1]],
            (
                "what",
                call.Invite is null ? "beginning"
                : oneWay ? "direction"
                : "end"
            )
        );
    }
}
