using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-27: redirected to itself, or too often.</summary>
internal sealed class RedirectLoop() : Rule("SG-27", FindingSeverity.Error, FindingBasis.Should, "RFC 3261 §8.1.3.4")
{
    private const int TooMany = 5;

    public override bool Applies(CallView call) =>
        call.IsCall && call.Call.Messages.Any(m => m.Answers(SipMethod.Invite, 300, 399));

    public override Finding? Check(CallView call)
    {
        var redirects = call
            .Call.Messages.Where(m => m.Answers(SipMethod.Invite, 300, 399) && !m.IsRetransmission)
            .ToList();
        var tried = call
            .Call.Messages.Where(m => m.Is(SipMethod.Invite))
            .Select(m => (m.Time, Uri: TraceMessage.Text(m.Request!.RequestUri)))
            .ToList();
        foreach (var redirect in redirects)
        {
            foreach (var item in redirect.Sip.Items(HeaderId.Contact))
            {
                var target = NameAddr.TryParse(item, out var contact) ? TraceMessage.Text(contact.Uri) : "";
                if (
                    tried.Exists(t =>
                        t.Time <= redirect.Time && t.Uri.Equals(target, StringComparison.OrdinalIgnoreCase)
                    )
                )
                {
                    return Result(call, [redirect], redirects.Count, target);
                }
            }
        }

        return redirects.Count > TooMany
            ? Result(call, redirects, redirects.Count, redirects[^1].Header(HeaderId.Contact))
            : null;
    }

    private Finding Result(CallView call, IEnumerable<TraceMessage> evidence, int count, string target) =>
        Found(call, FindingConfidence.Certain, evidence, ("count", Number((long)count)), ("target", target));
}
