using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-03: a challenge came, and no credentials were ever sent.</summary>
internal sealed class NeverAuthenticated() : Rule("SG-03", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §22.2")
{
    public override bool Applies(CallView call) => call.With(401, 407).Any();

    private const double Patience = 2;

    public override Finding? Check(CallView call)
    {
        var challenge = call.With(401, 407).First();
        var tried = call.Hop.Any(m =>
            m.Request is not null && (m.Sip.Has(HeaderId.Authorization) || m.Sip.Has(HeaderId.ProxyAuthorization))
        );

        // What the trace lacks may have been sent.
        var isSeen = call.Hop.Any(m => m.Request is not null && m.CSeqMethod == challenge.CSeqMethod);

        // The response to a later attempt shows that there was one, though the trace does not hold it.
        var isAnswered = call.Hop.Any(m =>
            m.Response is not null && m.CSeqMethod == challenge.CSeqMethod && m.CSeq > challenge.CSeq
        );
        return tried || isAnswered || !isSeen || CallView.Seconds(challenge.Time, call.Trace.End) < Patience
            ? null
            : Found(call, FindingConfidence.Likely, [challenge], ("status", CallView.Status(challenge)));
    }
}
