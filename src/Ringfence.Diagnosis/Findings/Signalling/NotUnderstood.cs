using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-28: the other side does not know the method, extension, event or body of a request.</summary>
internal sealed class NotUnderstood() : Rule("SG-28", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §8.2")
{
    public override bool Applies(CallView call) => call.Hop.Any(m => m.Request is not null);

    public override Finding? Check(CallView call)
    {
        var refused = call.Hop.FirstOrDefault(m => m.Status is 405 or 415 or 420 or 421 or 469 or 489 or 501);
        if (refused is null || (refused.Status == 415 && refused.CSeqMethod == SipMethod.Invite))
        {
            return null;
        }

        var said = refused.Status switch
        {
            405 => refused.Header(HeaderId.Allow),
            415 => refused.Header(HeaderId.Accept),
            420 => refused.Header(HeaderId.Unsupported),
            421 => refused.Header(HeaderId.Require),
            489 => refused.Header(HeaderId.AllowEvents),
            _ => "",
        };
        return Found(
            call,
            FindingConfidence.Certain,
            [
                call.Hop.LastOrDefault(m => m.Request is not null && m.CSeq == refused.CSeq && m.Time <= refused.Time),
                refused,
            ],
            ("status", CallView.Status(refused)),
            ("method", refused.CSeqMethod.ToString().ToUpperInvariant()),
            ("said", said.Length == 0 ? "–" : said)
        );
    }
}
