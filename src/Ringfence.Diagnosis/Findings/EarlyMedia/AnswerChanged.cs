using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-07: the answer changed between a provisional response and the 200 of the same dialog.</summary>
internal sealed class AnswerChanged() : Rule("EM-07", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §13.2.1")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300, Sdp: not null }
        && call.Provisionals.Any(m => m.Sdp is not null && m.ToTag == call.Final.ToTag);

    public override Finding? Check(CallView call)
    {
        // A new offer by UPDATE or PRACK in between makes another answer right.
        if (
            call.Hop.Any(m =>
                m.Time < call.Final!.Time && m.Sdp is not null && (m.Is(SipMethod.Update) || m.Is(SipMethod.Prack))
            )
        )
        {
            return null;
        }

        var early = call.Provisionals.Last(m => m.Sdp is not null && m.ToTag == call.Final!.ToTag);
        var before = Describe(early);
        var after = Describe(call.Final!);
        return before == after
            ? null
            : Found(call, FindingConfidence.Certain, [early, call.Final], ("before", before), ("after", after));
    }

    private static string Describe(TraceMessage message) =>
        CallView.AudioAddress(message) is { } address
            ? $"{address} {string.Join(' ', message.Sdp!.Audio!.FormatTokens)}"
            : "–";
}
