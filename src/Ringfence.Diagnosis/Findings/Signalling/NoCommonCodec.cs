using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-15: the callee accepts none of the media that were offered.</summary>
internal sealed class NoCommonCodec() : Rule("SG-15", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §6")
{
    public override bool Applies(CallView call) =>
        call.IsCall
        && call.Hop.Any(m =>
            m.Answers(SipMethod.Invite, 488, 488)
            || m.Answers(SipMethod.Invite, 606, 606)
            || m.Answers(SipMethod.Invite, 415, 415)
        );

    public override Finding? Check(CallView call)
    {
        var refused = call.Hop.First(m => m.CSeqMethod == SipMethod.Invite && m.Status is 488 or 606 or 415);
        var request = call.Hop.LastOrDefault(m => m.Is(SipMethod.Invite) && m.CSeq == refused.CSeq);
        var offered = request?.Sdp?.Media.Select(m => $"{m.KindText} {m.Protocol} {string.Join(' ', m.FormatTokens)}");
        return Found(
            call,
            FindingConfidence.Certain,
            [request, refused],
            ("status", CallView.Status(refused)),
            ("offered", offered is null ? "–" : string.Join("; ", offered)),
            ("said", refused.Header(HeaderId.Warning))
        );
    }
}
