using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-13: the RAck of a PRACK names no response that was sent.</summary>
internal sealed class RAckWrong() : Rule("EM-13", FindingSeverity.Error, FindingBasis.Must, "RFC 3262 §7.2")
{
    public override bool Applies(CallView call) =>
        call.Call.FirstHop.Any(ReliableProvisional.Is) && call.Has(SipMethod.Prack);

    public override Finding? Check(CallView call)
    {
        foreach (var prack in call.Hop.Where(m => m.Is(SipMethod.Prack)))
        {
            var parsed = RAck.TryParse(prack.Sip.Value(HeaderId.RAck), out var rack);
            var (response, cseq) = parsed ? (rack.ResponseNumber, rack.CSeqNumber) : (0u, 0u);
            var sent = call.Call.FirstHop.Where(m => ReliableProvisional.Is(m) && m.ToTag == prack.ToTag).ToList();
            if (
                sent.Count > 0
                && (!parsed || sent.TrueForAll(m => m.CSeq != cseq || ReliableProvisional.Number(m) != response))
            )
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [
                        sent[^1],
                        prack,
                        call.Hop.FirstOrDefault(m =>
                            m.Status >= 200 && m.CSeq == prack.CSeq && m.CSeqMethod == SipMethod.Prack
                        ),
                    ],
                    ("rack", prack.Header(HeaderId.RAck)),
                    ("rseq", sent[^1].Header(HeaderId.RSeq)),
                    ("cseq", sent[^1].Header(HeaderId.CSeq))
                );
            }
        }

        return null;
    }
}
