using Ringfence.Media.Sdp;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-12: the call was put on hold and ended without being taken up again.</summary>
internal sealed class HoldWithoutResume()
    : Rule("MD-12", FindingSeverity.Information, FindingBasis.Observed, "RFC 3264 §8.4")
{
    private const double Noticed = 2;

    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 }
        && call.Hop.Any(m => m.Is(SipMethod.Invite) && m.ToTag.Length > 0 && m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var last = call.Hop.Last(m => m.Is(SipMethod.Invite) && m.ToTag.Length > 0 && m.Sdp is not null);
        var held =
            last.Sdp!.Audio is { } audio
            && (audio.IsHold || audio.Direction is MediaDirection.SendOnly or MediaDirection.Inactive);

        // Hold before a transfer is how one transfers (RFC 5359 §2.4): there nobody waits to be taken up again.
        var transferred = call.Call.Messages.Any(m => m.Is(SipMethod.Refer) && m.Time > last.Time);
        return held && !transferred && call.Call.Ending is { } end && CallView.Seconds(last, end) >= Noticed
            ? Found(call, FindingConfidence.Certain, [last, end], ("seconds", Number(CallView.Seconds(last, end))))
            : null;
    }
}
