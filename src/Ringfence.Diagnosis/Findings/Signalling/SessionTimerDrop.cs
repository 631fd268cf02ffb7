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

        // A refresh that gets 408 or 481, or no answer, ends the session (RFC 4028 §10).
        if (FailedRefresh(call, bye) is { } failed)
        {
            var answer = call.Hop.FirstOrDefault(m => m.CSeq == failed.CSeq && m.Status >= 300 && m.Time > failed.Time);
            return Found(
                call,
                FindingConfidence.Likely,
                [call.Final, failed, answer, bye],
                ("interval", Number((long)interval)),
                ("seconds", Number(CallView.Seconds(LastRefresh(call) ?? call.Final, bye))),
                ("status", $"{failed.Label}: {answer?.Label ?? "–"}")
            );
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

    private static TraceMessage? FailedRefresh(CallView call, TraceMessage bye)
    {
        var last = call.Hop.LastOrDefault(m =>
            (m.Is(SipMethod.Update) || m.Is(SipMethod.Invite))
            && m.ToTag.Length > 0
            && m.Time > call.Final!.Time
            && m.Time < bye.Time
            && m.Sip.Has(HeaderId.SessionExpires)
        );
        var answers = call.Hop.Where(m => m.CSeq == last?.CSeq && m.Status >= 200 && m.CSeqMethod == last.CSeqMethod);
        return
            last is not null
            && answers.All(m => m.Status is 408 or 481)
            && CallView.Seconds(last, bye) is var waited
            && (answers.Any() ? waited < 5 : waited is > 10 and < 40)
            ? last
            : null;
    }

    private static TraceMessage? LastRefresh(CallView call) =>
        call.Hop.LastOrDefault(m =>
            m.Status is >= 200 and < 300
            && m.Time > call.Final!.Time
            && (m.CSeqMethod == SipMethod.Update || (m.CSeqMethod == SipMethod.Invite && m.CSeq != call.Final.CSeq))
        );
}
