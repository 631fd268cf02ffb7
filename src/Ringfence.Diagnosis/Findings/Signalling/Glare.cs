using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-12: both sides changed the session at once: 491.</summary>
internal sealed class Glare() : Rule("SG-12", FindingSeverity.Information, FindingBasis.Must, "RFC 3261 §14.1")
{
    public override bool Applies(CallView call) =>
        call.Hop.Any(m => m.ToTag.Length > 0 && (m.Is(SipMethod.Invite) || m.Is(SipMethod.Update)));

    public override Finding? Check(CallView call)
    {
        var refused = call.With(491).ToList();
        if (refused.Count == 0)
        {
            return null;
        }

        var solved = call.Hop.Any(m => m.Time > refused[^1].Time && IsDone(m, refused[^1]));
        var finding = Found(
            call,
            FindingConfidence.Certain,
            refused,
            ("count", Number((long)refused.Count)),
            ("solved", solved ? "✓" : "–")
        );
        return solved ? finding : finding with { Severity = FindingSeverity.Warning };
    }

    private static bool IsDone(TraceMessage message, TraceMessage refused) =>
        message.Status is >= 200 and < 300 && message.CSeqMethod == refused.CSeqMethod;
}
