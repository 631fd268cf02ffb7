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
        var request = call.Hop.LastOrDefault(m =>
            m.Request is not null && m.CSeq == refused.CSeq && m.Time <= refused.Time
        );
        if (said.Length == 0 && request is not null)
        {
            // The other side does not say what it knows: what was asked for is all there is to show.
            said = refused.Status switch
            {
                489 => Asked("Event", request.Header(HeaderId.Event)),
                415 => Asked("Content-Type", request.Header(HeaderId.ContentType)),
                420 => Asked("Require", request.Header(HeaderId.Require)),
                469 => Asked("Info-Package", request.Header(HeaderId.InfoPackage)),
                _ => "",
            };
        }

        return Found(
            call,
            FindingConfidence.Certain,
            [request, refused],
            ("status", CallView.Status(refused)),
            ("method", refused.CSeqMethod.ToString().ToUpperInvariant()),
            ("said", said.Length == 0 ? "–" : said)
        );
    }

    private static string Asked(string name, string value) => value.Length == 0 ? "" : $"{name}: {value}";
}
