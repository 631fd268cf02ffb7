using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-11: a request within the dialog of a call or a subscription was answered 481: the other side no longer knows it.</summary>
internal sealed class UnknownDialog() : Rule("SG-11", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §12.2.2")
{
    public override bool Applies(CallView call) => call.Hop.Any(m => m.Request is not null && m.ToTag.Length > 0);

    public override Finding? Check(CallView call)
    {
        var unknown = call.Hop.FirstOrDefault(m => m.Status == 481 && m.CSeqMethod is not SipMethod.Cancel);
        return unknown is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [
                    call.Hop.LastOrDefault(m =>
                        m.Request is not null && m.CSeq == unknown.CSeq && m.Time <= unknown.Time
                    ),
                    unknown,
                ],
                ("method", unknown.CSeqMethod.ToString().ToUpperInvariant())
            );
    }
}
