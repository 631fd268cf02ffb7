using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-06: 100 Trying, and then nothing.</summary>
internal sealed class TryingAndNoMore() : Rule("SG-06", FindingSeverity.Error, FindingBasis.Observed, "RFC 3261 §16.7")
{
    public override bool Applies(CallView call) =>
        call.IsCall && call.Hop.Any(m => m.Answers(SipMethod.Invite, 100, 100));

    private const double Patience = 10;

    public override Finding? Check(CallView call)
    {
        var trying = call.Hop.First(m => m.Answers(SipMethod.Invite, 100, 100));
        var waited = CallView.Seconds(trying.Time, call.Trace.End);

        // What answers an INVITE that the trace does not hold is more than nothing.
        var isAnswered = call.Hop.Any(m => m.Answers(SipMethod.Invite, 101, 699) && m.Time > trying.Time);
        return call.Provisionals.Count > 0 || call.Final is not null || isAnswered || waited < Patience
            ? null
            : Found(call, FindingConfidence.Likely, [call.Invite, trying], ("seconds", Number(waited)));
    }
}
