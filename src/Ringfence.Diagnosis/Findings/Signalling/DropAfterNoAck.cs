using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-08: the call was dropped about 32 seconds after the answer.</summary>
internal sealed class DropAfterNoAck() : Rule("SG-08", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §13.3.1.4")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 } && call.Has(SipMethod.Bye);

    public override Finding? Check(CallView call)
    {
        var bye = call.Hop.First(m => m.Is(SipMethod.Bye));
        var seconds = CallView.Seconds(call.Final!, bye);
        var repeated = call.Call.FirstHop.Count(m => m.Answers(SipMethod.Invite, 200, 299) && m.IsRetransmission);
        return seconds is > 28 and < 36 && repeated >= 3
            ? Found(call, FindingConfidence.Certain, [call.Final, bye], ("seconds", Number(seconds)))
            : null;
    }
}
