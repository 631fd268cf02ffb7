using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-09: the call ended when its session timer ran out without a refresh, or the timer itself was refused for good.</summary>
internal sealed class SessionTimerDrop() : Rule("SG-09", FindingSeverity.Error, FindingBasis.Must, "RFC 4028 §10")
{
    public override bool Applies(CallView call) =>
        call.IsCall && (call.Final?.Status == 422 || call.Final?.Sip.Has(HeaderId.SessionExpires) == true);

    public override Finding? Check(CallView call)
    {
        if (call.Final!.Status == 422)
        {
            return Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, call.Final],
                ("interval", call.Invite!.Header(HeaderId.SessionExpires)),
                ("seconds", "0"),
                ("status", "422 Min-SE: " + call.Final.Header(HeaderId.MinSE))
            );
        }

        if (
            call.Final.Status >= 300
            || !SessionExpires.TryParse(call.Final.Sip.Value(HeaderId.SessionExpires), out var interval, out _)
            || call.Call.Ending is not { } bye
        )
        {
            return null;
        }

        // The side that waits in vain sends BYE the smaller of 32 seconds and a third of the interval before the end (RFC 4028 §10).
        var last = LastRefresh(call) ?? call.Final;
        var seconds = CallView.Seconds(last, bye);
        var early = Math.Min(32.0, interval / 3.0);
        return interval < 30 || last != call.Final || seconds < interval - early - 2 || seconds > interval + 5
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Final, bye],
                ("interval", Number((long)interval)),
                ("seconds", Number(seconds)),
                ("status", bye.Label)
            );
    }

    private static TraceMessage? LastRefresh(CallView call) =>
        call.Hop.LastOrDefault(m =>
            m.Status is >= 200 and < 300
            && m.Time > call.Final!.Time
            && (m.CSeqMethod == SipMethod.Update || (m.CSeqMethod == SipMethod.Invite && m.CSeq != call.Final.CSeq))
        );
}
