using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-12: the PRACK was answered with 200, and the provisional response was sent again all the same.</summary>
internal sealed class PrackIgnored() : Rule("EM-12", FindingSeverity.Error, FindingBasis.Must, "RFC 3262 §3")
{
    public override bool Applies(CallView call) =>
        call.Call.FirstHop.Any(ReliableProvisional.Is) && call.Has(SipMethod.Prack);

    public override Finding? Check(CallView call)
    {
        foreach (var accepted in call.Hop.Where(m => m.Answers(SipMethod.Prack, 200, 299)))
        {
            var prack = call.Hop.LastOrDefault(m =>
                m.Is(SipMethod.Prack) && m.CSeq == accepted.CSeq && m.Time <= accepted.Time
            );
            if (prack is null || !RAck.TryParse(prack.Sip.Value(HeaderId.RAck), out var rack))
            {
                continue;
            }

            var number = rack.ResponseNumber;
            var again = call.Call.FirstHop.Where(m =>
                m.IsRetransmission
                && m.Time > accepted.Time
                && ReliableProvisional.Number(m) == number
                && m.ToTag == prack.ToTag
            );
            if (again.FirstOrDefault() is { } repeated)
            {
                return Found(call, FindingConfidence.Certain, [prack, accepted, repeated], ("rseq", Number(number)));
            }
        }

        return null;
    }
}
