using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-11: a reliable provisional response was sent again and again, and no PRACK came.</summary>
internal sealed class PrackMissing() : Rule("EM-11", FindingSeverity.Error, FindingBasis.Must, "RFC 3262 §3")
{
    public override bool Applies(CallView call) => call.Call.FirstHop.Any(ReliableProvisional.Is);

    public override Finding? Check(CallView call)
    {
        if (call.Has(SipMethod.Prack))
        {
            return null;
        }

        var sent = call.Call.FirstHop.Where(ReliableProvisional.Is).ToList();
        return sent.Count < 3
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                sent.Append(call.Final),
                ("count", Number(sent.Count)),
                ("status", CallView.Status(sent[0]))
            );
    }
}
