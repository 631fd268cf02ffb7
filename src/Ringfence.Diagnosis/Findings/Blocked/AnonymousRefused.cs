using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-24: the caller hid the number, and the callee takes no anonymous calls.</summary>
internal sealed class AnonymousRefused() : Rule("BK-24", FindingSeverity.Information, FindingBasis.Must, "RFC 5079 §5")
{
    public override bool Applies(CallView call) => call.IsCall && call.Final is { Status: >= 400 };

    public override Finding? Check(CallView call)
    {
        var hidden =
            call.Call.From.Contains("anonymous", StringComparison.OrdinalIgnoreCase)
            || call.Invite!.Header(HeaderId.Privacy).Contains("id", StringComparison.OrdinalIgnoreCase);
        return call.Final!.Status == 433 ? Found(call, FindingConfidence.Certain, [call.Invite, call.Final])
            : hidden && call.Final.Status is 403 or 603 or 607
                ? Found(call, FindingConfidence.Possible, [call.Invite, call.Final])
            : null;
    }
}
