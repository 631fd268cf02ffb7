using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-27: the early media asks for digits that cannot reach it: no telephone-event was agreed, and the caller does not send.</summary>
internal sealed class ChallengeDeaf() : Rule("EM-27", FindingSeverity.Warning, FindingBasis.Interop, "RFC 4733 §2.4")
{
    public override bool Applies(CallView call) =>
        call.Final is null or { Status: >= 400 }
        && call.EarlyToCaller.Any()
        && call.Provisionals.Any(m => m.Sdp is not null);

    // Shorter early media is a tone or an announcement, not a dialogue.
    private const double Dialogue = 8;

    public override Finding? Check(CallView call)
    {
        var progress = call.Provisionals.Last(m => m.Sdp is not null);
        var seconds = CallView.Seconds(progress.Time, call.EarlyEnd);
        var answer = progress.Sdp!.Audio;
        var sends = call.Call.Streams.Any(s => s.Source.Bits == call.Call.Caller.Bits && s.Start < call.EarlyEnd);
        var digits = call.Hop.Any(m => m.Is(SipMethod.Info));
        return seconds < Dialogue || answer is null || (answer.TelephoneEvent() is not null && sends) || !digits
            ? null
            : Found(call, FindingConfidence.Possible, [progress, call.Final], ("seconds", Number(seconds)));
    }
}
