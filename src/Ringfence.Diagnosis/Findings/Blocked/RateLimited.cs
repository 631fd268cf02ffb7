using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-26: many calls a second, and then refusals.</summary>
internal sealed class RateLimited() : Rule("BK-26", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §21.5.4")
{
    public override bool Applies(CallView call) => call.Final?.Status is 503 or 403 or 480 or 429;

    private const int Many = 10;
    private const long Second = 1_000_000_000;

    public override Finding? Check(CallView call)
    {
        var invite = call.Invite!;
        if (call.Others.JustBefore(call.Call, Second) is not { Count: >= Many } before)
        {
            return null;
        }

        var accepted = before.Take(Many).Any(c => c.Final is null or { Status: < 300 });
        return accepted && (call.Final!.Status == 503 || call.Final.Sip.Has(HeaderId.RetryAfter))
            ? Found(
                call,
                FindingConfidence.Likely,
                [invite, call.Final],
                ("count", Number((long)before.Count)),
                ("retry", call.Final.Header(HeaderId.RetryAfter))
            )
            : null;
    }
}
