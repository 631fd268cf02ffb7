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

        // A request whose CSeq names another method than its first line is the beginning all the same, and a final response its end.
        var first = call.Hop[0];
        var isOdd = first.Request is { } request && first.ToTag.Length == 0 && request.Method != first.CSeqMethod;
        if (isOdd && call.Hop.Any(m => m.Status >= 200 && m.CSeq == first.CSeq))
        {
            return null;
        }

        var isUnread = call.Hop.Any(m => m.Status >= 200 && m.CSeq == 0);
        return Found(
            call,
            FindingConfidence.Certain,
            [first, call.Hop[^1]],
            (
                "what",
                call.Invite is null && !isOdd ? "beginning"
                : call.Hop.All(m => m.IsSameWay(first)) ? "direction"
                : isUnread ? "CSeq"
                : "end"
            )
        );
    }
}
