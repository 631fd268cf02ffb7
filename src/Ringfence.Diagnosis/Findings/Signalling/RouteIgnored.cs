using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-21: a request within the dialog does not follow the Record-Route, or a Record-Route is not loose.</summary>
internal sealed class RouteIgnored() : Rule("SG-21", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §12.2.1.1")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300 } answer && answer.Sip.Has(HeaderId.RecordRoute);

    public override Finding? Check(CallView call)
    {
        // Where the INVITE already has a Record-Route this is a hop further on, and proxies take Route away as they go.
        if (!call.Invite!.Sip.Has(HeaderId.RecordRoute))
        {
            var bypass = call.Call.Messages.FirstOrDefault(m =>
                m.Request is not null
                && m.Source.Bits == call.Call.Caller.Bits
                && m.ToTag.Length > 0
                && m.Time > call.Final!.Time
                && m.FromTag == call.Invite.FromTag
                && m.CSeqMethod is SipMethod.Ack or SipMethod.Bye or SipMethod.Invite or SipMethod.Update
                && !m.Sip.Has(HeaderId.Route)
                && !WasRouted(call, m)
            );
            if (bypass is not null)
            {
                var answer = call.Call.Messages.FirstOrDefault(m =>
                    m.Status >= 400
                    && m.CSeq == bypass.CSeq
                    && m.CSeqMethod == bypass.CSeqMethod
                    && m.Time > bypass.Time
                );
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Final, bypass, answer],
                    ("what", bypass.Label),
                    ("route", call.Final!.Header(HeaderId.RecordRoute)),
                    ("answer", answer?.Label ?? "–")
                );
            }
        }

        foreach (var item in call.Final!.Sip.Items(HeaderId.RecordRoute))
        {
            if (NameAddr.TryParse(item, out var route) && !IsLoose(route.Uri))
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Final],
                    ("what", "no lr"),
                    ("route", TraceMessage.Text(item)),
                    ("answer", "–")
                ) with
                {
                    Severity = FindingSeverity.Warning,
                };
            }
        }

        return null;
    }

    private static bool IsLoose(ReadOnlySpan<byte> uri)
    {
        var text = Encoding.UTF8.GetString(uri);
        return text.Contains(";lr", StringComparison.OrdinalIgnoreCase);
    }

    // A proxy on the caller's own host takes its Route off and passes the request on.
    private static bool WasRouted(CallView call, TraceMessage request) =>
        call.Call.Messages.Any(m =>
            m.Request is not null
            && m.CSeq == request.CSeq
            && m.CSeqMethod == request.CSeqMethod
            && m.FromTag == request.FromTag
            && m.Sip.Has(HeaderId.Route)
        );
}
