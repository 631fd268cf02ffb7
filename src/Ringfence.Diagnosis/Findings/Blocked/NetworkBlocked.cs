using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-04: 603+ decoded: the network blocked the call and says whom to ask.</summary>
internal sealed class NetworkBlocked()
    : Rule("BK-04", FindingSeverity.Information, FindingBasis.Observed, "ATIS-1000099")
{
    public override bool Applies(CallView call) => call.Final?.Status == 603 && NetworkBlock.IsIn(call.Final);

    public override Finding? Check(CallView call)
    {
        _ = Reason.TryFind(call.Final!.Sip, "SIP"u8, out var reason);
        return Found(
            call,
            FindingConfidence.Certain,
            [call.Final],
            ("text", TraceMessage.Text(reason.Text)),
            ("location", TraceMessage.Text(reason.Location))
        );
    }
}
