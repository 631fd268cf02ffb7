using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-10: CANCEL and answer crossed, and the caller did not hang up.</summary>
internal sealed class CancelRace() : Rule("SG-10", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §9.1")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 } && call.Has(SipMethod.Cancel);

    public override Finding? Check(CallView call)
    {
        var cancel = call.Hop.First(m => m.Is(SipMethod.Cancel));
        return call.Has(SipMethod.Bye) || cancel.CSeq != call.Final!.CSeq
            ? null
            : Found(call, FindingConfidence.Likely, [cancel, call.Final]);
    }
}
