using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-15: a reliable provisional response carried the offer, and the PRACK brought no answer.</summary>
internal sealed class OfferInProgressUnanswered()
    : Rule("EM-15", FindingSeverity.Error, FindingBasis.Must, "RFC 3262 §5")
{
    public override bool Applies(CallView call) =>
        call.Invite is { Sdp: null } && call.Call.FirstHop.Any(m => ReliableProvisional.Is(m) && m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var offer = call.Call.FirstHop.First(m => ReliableProvisional.Is(m) && m.Sdp is not null);
        var prack = call.Hop.FirstOrDefault(m => m.Is(SipMethod.Prack) && m.Time > offer.Time);
        return prack is { Sdp: null } ? Found(call, FindingConfidence.Certain, [call.Invite, offer, prack]) : null;
    }
}
