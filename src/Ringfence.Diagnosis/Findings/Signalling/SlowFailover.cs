using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-23: a server that does not answer was waited for before the next one was tried.</summary>
internal sealed class SlowFailover() : Rule("SG-23", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3263 §4.3")
{
    // Three retransmissions: more than a lost packet explains.
    private const double Long = 3.5;

    // Timer B and a little: what comes later is another attempt of a person.
    private const double Longest = 45;

    public override bool Applies(CallView call) =>
        call.IsCall && Tried(call).Select(m => m.Destination.Bits).Distinct().Take(2).Count() == 2;

    public override Finding? Check(CallView call)
    {
        var tried = Tried(call).ToList();
        foreach (var dead in tried.DistinctBy(m => m.Destination.Bits))
        {
            var next = tried.Find(m => m.Time > dead.Time && m.Destination.Bits != dead.Destination.Bits);
            var answered = call.Call.Messages.Any(m =>
                m.Status > 0 && m.Source.Bits == dead.Destination.Bits && m.Destination.Bits == dead.Source.Bits
            );
            if (next is null || answered)
            {
                continue;
            }

            var waited = CallView.Seconds(dead, next);
            if (waited is > Long and < Longest)
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [dead, next],
                    ("seconds", Number(waited)),
                    ("dead", dead.Destination.ToString()),
                    ("next", next.Destination.ToString())
                );
            }
        }

        return null;
    }

    private static IEnumerable<TraceMessage> Tried(CallView call)
    {
        var first = call.Call.Messages.FirstOrDefault(m => m.Is(SipMethod.Invite) && m.ToTag.Length == 0);
        return call.Call.Messages.Where(m =>
            m.Is(SipMethod.Invite) && m.ToTag.Length == 0 && !m.IsRetransmission && m.Source.Bits == first?.Source.Bits
        );
    }
}
