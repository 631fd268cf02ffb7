using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-05: the INVITE was sent again and again, and nothing came back.</summary>
internal sealed class NoResponse() : Rule("SG-05", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §17.1.1.2")
{
    public override bool Applies(CallView call) => call.IsCall && call.Final is null && call.Provisionals.Count == 0;

    public override Finding? Check(CallView call)
    {
        var sent = call.Call.FirstHop.Where(m => m.Is(SipMethod.Invite)).ToList();
        var answered = call.Hop.Any(m => m.Response is not null);
        var unreachable = call.Call.Unreachables.Count > 0;
        return answered || (sent.Count < 3 && !unreachable)
            ? null
            : Found(
                call,
                unreachable || call.Call.State == CallState.Unanswered
                    ? FindingConfidence.Certain
                    : FindingConfidence.Likely,
                sent,
                ("count", Number((long)sent.Count)),
                ("address", call.Call.Callee.ToString()),
                ("icmp", Number((long)call.Call.Unreachables.Count))
            );
    }
}
