using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-30: preconditions were asked for and never met.</summary>
internal sealed class PreconditionNotMet() : Rule("EM-30", FindingSeverity.Error, FindingBasis.Must, "RFC 3312 §5")
{
    public override bool Applies(CallView call) =>
        call.Invite?.Sdp?.Audio is { } offer && offer.TryGetAttribute("des"u8, out _);

    public override Finding? Check(CallView call)
    {
        var failed = call.Hop.FirstOrDefault(m => m.Answers(SipMethod.Invite, 580, 580));
        var updated = call.Hop.Any(m => m.Is(SipMethod.Update));
        if (failed is null && (updated || call.Final is null or { Status: < 400 }))
        {
            return null;
        }

        return Found(
            call,
            failed is null ? FindingConfidence.Possible : FindingConfidence.Certain,
            [call.Invite, failed ?? call.Final],
            ("status", CallView.Status(failed ?? call.Final))
        );
    }
}
