using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-07: the 200 was sent again and again: the ACK did not arrive.</summary>
internal sealed class AckMissing() : Rule("SG-07", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §13.3.1.4")
{
    public override bool Applies(CallView call) => call.Final is { Status: >= 200 and < 300 };

    private const int Often = 3;

    public override Finding? Check(CallView call)
    {
        var answer = call.Final!;
        var sent = call
            .Call.FirstHop.Where(m =>
                m.Answers(SipMethod.Invite, 200, 299) && m.CSeq == answer.CSeq && IsSameHop(m, answer)
            )
            .ToList();
        var ack = call.Hop.FirstOrDefault(m => m.Is(SipMethod.Ack) && m.CSeq == answer.CSeq && m.Time >= answer.Time);
        return sent.Count < Often
            ? null
            : Found(
                call,
                ack is null ? FindingConfidence.Certain : FindingConfidence.Likely,
                sent.Append(ack),
                ("count", Number((long)sent.Count)),
                ("contact", answer.Header(HeaderId.Contact)),
                ("ack", ack is null ? "–" : Number(ack.Frame))
            );
    }

    // A log without addresses shows an answer on every hop of its way: only what carries the same Via was sent twice.
    private static bool IsSameHop(TraceMessage message, TraceMessage answer) =>
        message.Sip.Value(HeaderId.Via).SequenceEqual(answer.Sip.Value(HeaderId.Via));
}
