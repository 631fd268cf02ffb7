using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-13: the request runs in a loop, or over too many hops.</summary>
internal sealed class LoopOrTooManyHops() : Rule("SG-13", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §16.3")
{
    public override bool Applies(CallView call) =>
        call.IsCall && (call.Final?.Status is 482 or 483 || Initial(call).Skip(1).Any());

    public override Finding? Check(CallView call)
    {
        var back = Back(call);
        var hops = Initial(call).Select(m => m.Header(HeaderId.MaxForwards)).DefaultIfEmpty("–").Last();
        var uri = TraceMessage.Text(call.Invite!.Request!.RequestUri);
        return call.Final?.Status is 482 or 483 ? Result(call, [call.Invite, .. back, call.Final], hops, uri)
            : back.Count > 0 ? Result(call, [call.Invite, .. back], hops, uri)
            : null;
    }

    private Finding Result(CallView call, IEnumerable<TraceMessage?> evidence, string hops, string uri) =>
        Found(
            call,
            FindingConfidence.Certain,
            evidence,
            ("status", call.Final is null ? "–" : CallView.Status(call.Final)),
            ("hops", hops),
            ("uri", uri)
        );

    private static IEnumerable<TraceMessage> Initial(CallView call) =>
        call.Call.Messages.Where(m => m.Is(SipMethod.Invite) && m.ToTag.Length == 0 && !m.IsRetransmission);

    // A request that comes to the same place for the same target, having been there: with another target it is a spiral, which is allowed.
    private static List<TraceMessage> Back(CallView call)
    {
        var back = new List<TraceMessage>();
        foreach (var one in Initial(call).GroupBy(m => (m.CSeq, m.FromTag, m.Destination)))
        {
            var first = one.First();
            if (!first.Destination.IsUnknown)
            {
                back.AddRange(
                    one.Where(m =>
                        Vias(m) > Vias(first) && m.Request!.RequestUri.SequenceEqual(first.Request!.RequestUri)
                    )
                );
            }
        }

        return back;
    }

    private static int Vias(TraceMessage message)
    {
        var count = 0;
        foreach (var _ in message.Sip.Items(HeaderId.Via))
        {
            count++;
        }

        return count;
    }
}
