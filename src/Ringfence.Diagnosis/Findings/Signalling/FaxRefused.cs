using Ringfence.Diagnosis.Calls;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-16: a change to T.38 was refused, and the call was lost instead of going on in audio.</summary>
internal sealed class FaxRefused() : Rule("SG-16", FindingSeverity.Error, FindingBasis.Interop, "RFC 3261 §14.1")
{
    public override bool Applies(CallView call) => call.Hop.Any(IsFaxOffer);

    private const double Soon = 10;

    public override Finding? Check(CallView call)
    {
        var offer = call.Hop.Last(IsFaxOffer);
        var refused = call.Hop.FirstOrDefault(m =>
            m.Answers(SipMethod.Invite, 400, 699) && m.CSeq == offer.CSeq && m.Time >= offer.Time && m.Status != 491
        );
        if (refused is null)
        {
            return null;
        }

        // A refused change leaves the session as it was: audio may go on, or be offered again.
        var fallback = call.Hop.Any(m => m.Is(SipMethod.Invite) && m.Time > refused.Time && m.Sdp?.Audio is not null);
        return fallback || call.Call.Ending is not { } end || CallView.Seconds(refused, end) > Soon
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [offer, refused, end],
                ("status", CallView.Status(refused)),
                ("seconds", Number(CallView.Seconds(refused, end)))
            );
    }

    private static bool IsFaxOffer(TraceMessage message) =>
        message.Is(SipMethod.Invite)
        && message.ToTag.Length > 0
        && message.Sdp?.Media.Any(m => m.Kind == MediaKind.Image && !m.IsRejected) == true;
}
