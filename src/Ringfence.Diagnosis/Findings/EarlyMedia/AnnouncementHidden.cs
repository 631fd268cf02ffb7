using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-25: an announcement was playing when the call failed and was tried again elsewhere.</summary>
internal sealed class AnnouncementHidden()
    : Rule("EM-25", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3398 §8.2.6.1")
{
    public override bool Applies(CallView call) => call.Final?.Status is >= 400 && call.EarlyToCaller.Any();

    private const long SoonAfter = 5_000_000_000;

    public override Finding? Check(CallView call)
    {
        var cause = Reason.TryFind(call.Final!.Sip, "Q.850"u8, out var reason) ? reason.Cause : -1;

        // Causes whose announcement tells the caller the outcome: trying the next route only hides it.
        if (cause is not (1 or 17 or 21 or 22 or 28))
        {
            return null;
        }

        var next = call.Others.NextAttempt(call.Call, SoonAfter);
        return next is null
            ? null
            : Found(call, FindingConfidence.Likely, [call.Final, next.Invite], ("cause", Number(cause)));
    }
}
