using System.Buffers.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>The INVITE of the leg towards the callee: who calls stays, how to reach back is the edge's own.</summary>
internal static class FarLeg
{
    private static readonly HeaderId[] Passed =
    [
        HeaderId.PAssertedIdentity,
        HeaderId.Privacy,
        HeaderId.Identity,
        HeaderId.Date,
        HeaderId.PAttestationIndicator,
        HeaderId.POriginationId,
        HeaderId.Subject,
        HeaderId.AlertInfo,
        HeaderId.Diversion,
        HeaderId.HistoryInfo,
        HeaderId.AcceptLanguage,
    ];

    internal static Invitation Invitation(
        IncomingCall caller,
        GateSetup setup,
        in ProxyTarget target,
        ReadOnlyMemory<byte> offer
    )
    {
        SipRequest invite = caller.Request;
        byte[] to = [.. "<"u8, .. target.RequestUri.Span, .. ">"u8];
        return new Invitation
        {
            Destination = target.Destination,
            RequestUri = target.RequestUri,
            From = WithoutTag(setup.Lines?.From ?? invite.Value(HeaderId.From)),
            To = to,
            Headers = [.. HeadersOf(invite, setup.Lines), .. EarlyMediaAsked(setup)],
            Body = Body.Sdp(offer),
            MaxForwards = MaxForwards(invite) - 1,
            RingTimeout = setup.EarlyMedia.RingForMs,
        };
    }

    /// <summary>The From value as it came, without its tag: the stack puts its own in.</summary>
    private static byte[] WithoutTag(ReadOnlySpan<byte> from)
    {
        // An INVITE with a broken From has been refused before it comes here.
        bool isSound = NameAddr.TryParse(from, out NameAddr address);
        return !isSound ? from.ToArray()
            : address.DisplayName.IsEmpty ? [.. "<"u8, .. address.Uri, .. ">"u8]
            : [.. "\""u8, .. address.DisplayName, .. "\" <"u8, .. address.Uri, .. ">"u8];
    }

    private static List<HeaderField> HeadersOf(SipRequest invite, CallerLines? lines)
    {
        List<HeaderField> fields = [];
        foreach (ref readonly HeaderRef header in invite.Headers)
        {
            if (Array.IndexOf(Passed, header.Id) >= 0 && lines?.Replaced.Contains(header.Id) != true)
            {
                fields.Add(new HeaderField(header.Id, Verstat.Unfolded(invite.Value(header))));
            }
        }

        fields.AddRange(
            lines?.Lines.Where(line => line.Id != HeaderId.From && Array.IndexOf(Passed, line.Id) >= 0) ?? []
        );
        return fields;
    }

    /// <summary>Asks for P-Early-Media in the responses, where the trunk speaks it (RFC 5009 §6).</summary>
    private static HeaderField[] EarlyMediaAsked(GateSetup setup) =>
        setup.Trunk.Configuration.Early.SpeaksPEarlyMedia ? [new HeaderField(HeaderId.PEarlyMedia, "supported")] : [];

    private static int MaxForwards(SipRequest invite) =>
        Utf8Parser.TryParse(invite.Value(HeaderId.MaxForwards), out int hops, out _) ? hops : 70;
}
