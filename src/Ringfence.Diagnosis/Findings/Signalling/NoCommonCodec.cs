using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-15: the callee accepts none of the media that were offered.</summary>
internal sealed class NoCommonCodec() : Rule("SG-15", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §6")
{
    // Incompatible media format, media type not available, and what is said without a number (RFC 3261 §20.43).
    private static readonly int[] OfMedia = [304, 305, 399];

    public override bool Applies(CallView call) => call.IsCall && Refusals(call).Any();

    public override Finding? Check(CallView call)
    {
        // Bandwidth, network protocol, multicast: a warning that names another reason is to be believed.
        var refused = Refusals(call)
            .FirstOrDefault(m => Warnings(m) is var codes && (codes.Count == 0 || codes.Exists(OfMedia.Contains)));
        if (refused is null)
        {
            return null;
        }

        var request = call.Hop.LastOrDefault(m => m.Is(SipMethod.Invite) && m.CSeq == refused.CSeq);
        var media = request?.Sdp?.Media ?? [];
        var offered = media.Select(m => $"{m.KindText} {m.Port} {m.Protocol} {string.Join(' ', m.FormatTokens)}");
        var known = refused.Sdp?.Media.Select(m => $"{m.KindText} {m.Protocol} {string.Join(' ', m.FormatTokens)}");
        return Found(
            call,
            Warnings(refused).Count > 0 || known is not null ? FindingConfidence.Certain : FindingConfidence.Likely,
            [request, refused],
            ("status", CallView.Status(refused)),
            ("offered", media.Count == 0 ? "–" : string.Join("; ", offered)),
            ("said", known is null ? refused.Header(HeaderId.Warning) : string.Join("; ", known))
        );
    }

    private static IEnumerable<TraceMessage> Refusals(CallView call) =>
        call.Hop.Where(m => m.CSeqMethod == SipMethod.Invite && m.Status is 488 or 606 or 415);

    private static List<int> Warnings(TraceMessage message)
    {
        var codes = new List<int>();
        foreach (var item in message.Sip.Items(HeaderId.Warning))
        {
            if (Warning.TryParse(item, out var warning))
            {
                codes.Add(warning.Code);
            }
        }

        return codes;
    }
}
