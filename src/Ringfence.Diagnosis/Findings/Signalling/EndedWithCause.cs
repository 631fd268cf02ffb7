using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-29: an answered call was ended for a cause, not by a person: the BYE says so, or audio had stopped long before.</summary>
internal sealed class EndedWithCause() : Rule("SG-29", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3326 §2")
{
    // The shortest RTP time-out in wide use.
    private const double Timeout = 20;
    private const int NormalClearing = 16;

    public override bool Applies(CallView call) => call.Call is { State: CallState.Completed, Ending: not null };

    public override Finding? Check(CallView call)
    {
        var bye = call.Call.Ending!;
        var normal =
            (Reason.TryFind(bye.Sip, "Q.850"u8, out var q850) && q850.Cause == NormalClearing)
            || (Reason.TryFind(bye.Sip, "SIP"u8, out var sip) && sip.Cause is 200 or -1);
        var reason = bye.Header(HeaderId.Reason);
        if (reason.Length > 0 && !normal)
        {
            return Result(call, bye, [new Evidence(bye.Frame, bye.Time, bye.Label)], reason, 0);
        }

        var toEnder = call.Call.Streams.Where(s => s.Destination.Bits == bye.Source.Bits).MaxBy(s => s.End);
        var gap = toEnder is null ? 0 : CallView.Seconds(toEnder.End, bye.Time);
        return toEnder is null || gap < Timeout || toEnder.Start > bye.Time || IsHeld(call)
            ? null
            : Result(
                call,
                bye,
                [
                    new Evidence(toEnder.LastFrame, toEnder.End, "RTP " + toEnder.Source),
                    new Evidence(bye.Frame, bye.Time, bye.Label),
                ],
                "–",
                gap
            );
    }

    private Finding Result(
        CallView call,
        TraceMessage bye,
        IEnumerable<Evidence> evidence,
        string reason,
        double gap
    ) =>
        Found(
            call,
            gap > 0 ? FindingConfidence.Possible : FindingConfidence.Certain,
            evidence,
            ("party", bye.FromTag == call.Invite!.FromTag ? "caller" : "callee"),
            ("reason", reason),
            ("gap", Number(gap))
        );

    private static bool IsHeld(CallView call) =>
        call.Hop.Any(m =>
            m.Time > call.Final!.Time
            && m.Sdp?.Audio is { } audio
            && (audio.IsHold || audio.Direction != Ringfence.Media.Sdp.MediaDirection.SendRecv)
        );
}
