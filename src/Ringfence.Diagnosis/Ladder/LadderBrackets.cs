using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings.EarlyMedia;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Pairs reliable provisional responses with the PRACK that names them (RFC 3262 §4).</summary>
internal static class LadderBrackets
{
    public static IReadOnlyList<LadderBracket> Of(IReadOnlyList<TraceMessage> messages, LadderHosts hosts, long start)
    {
        List<LadderBracket> brackets = [];
        foreach (var response in messages.Where(m => !m.IsRetransmission && ReliableProvisional.Is(m)))
        {
            var number = ReliableProvisional.Number(response);
            var prack = messages.FirstOrDefault(m => Acknowledges(m, response, number));
            var ok = prack is null
                ? null
                : messages.FirstOrDefault(m =>
                    m.Answers(SipMethod.Prack, 200, 699)
                    && m.CSeq == prack.CSeq
                    && m.CallId == prack.CallId
                    && m.Time >= prack.Time
                    && m.Destination.Bits == prack.Source.Bits
                );
            brackets.Add(
                new LadderBracket(
                    LadderBuilder.Since(start, response.Time),
                    (ok ?? prack) is { } end ? LadderBuilder.Since(start, end.Time) : null,
                    hosts.IndexOf(response.Destination),
                    number
                )
                {
                    Until = messages.FirstOrDefault(m => Ends(m, response)) is { } final
                        ? LadderBuilder.Since(start, final.Time)
                        : null,
                }
            );
        }

        return brackets;
    }

    private static bool Ends(TraceMessage final, TraceMessage response) =>
        final.Answers(SipMethod.Invite, 200, 699)
        && final.CallId == response.CallId
        && final.CSeq == response.CSeq
        && final.Destination.Bits == response.Destination.Bits
        && final.Time >= response.Time;

    private static bool Acknowledges(TraceMessage prack, TraceMessage response, uint number) =>
        prack.Is(SipMethod.Prack)
        && prack.CallId == response.CallId
        && prack.Time >= response.Time
        && prack.Source.Bits == response.Destination.Bits
        && RAck.TryParse(prack.Sip.Value(HeaderId.RAck), out var rack)
        && rack.ResponseNumber == number
        && rack.CSeqNumber == response.CSeq;
}
