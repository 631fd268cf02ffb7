using System.Buffers.Text;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>The INVITE of the leg towards the callee: who calls stays, how to reach back is the edge's own.</summary>
internal static class FarLeg
{
    internal static Invitation Invitation(
        IncomingCall caller,
        GateSetup setup,
        in ProxyTarget target,
        ReadOnlyMemory<byte> offer
    )
    {
        SipRequest invite = caller.Request;
        byte[] to = [.. "<"u8, .. target.RequestUri.Span, .. ">"u8];
        var invitation = new Invitation
        {
            Destination = target.Destination,
            KeepFlow = target.KeepFlow,
            RequestUri = target.RequestUri,
            From = FarInvite.WithoutTag(setup.Lines?.From ?? invite.Value(HeaderId.From)),
            To = to,
            Alternatives = target.Others ?? [],
            Credentials = target.Login is { } login ? setup.Logins?.Of(login, target.Destination) : null,
            Routes = target.Route.IsEmpty ? [] : [target.Route],
            Headers = [.. HeadersOf(invite, setup.Lines, GateLegs.Policy(setup)), .. EarlyMediaAsked(setup)],
            Body = Body.Sdp(offer),
            MaxForwards = MaxForwards(invite) - 1,
            RingTimeout = setup.EarlyMedia.RingForMs,
        };
        return GateLegs.Towards(invitation, setup);
    }

    private static List<HeaderField> HeadersOf(SipRequest invite, CallerLines? lines, HeaderPolicy policy)
    {
        List<HeaderField> fields = [];
        foreach (ref readonly HeaderRef header in invite.Headers)
        {
            if (policy.Passes(header.Id) && lines?.Replaced.Contains(header.Id) != true)
            {
                fields.Add(new HeaderField(header.Id, Verstat.Unfolded(invite.Value(header))));
            }
        }

        // What this edge itself asserts of the caller is no matter of the caller's trunk.
        fields.AddRange(
            lines?.Lines.Where(line => line.Id != HeaderId.From && HeaderPolicy.Trusted.Passes(line.Id)) ?? []
        );
        return fields;
    }

    /// <summary>Asks for P-Early-Media in the responses, where the trunk speaks it (RFC 5009 §6).</summary>
    private static HeaderField[] EarlyMediaAsked(GateSetup setup) =>
        setup.Trunk.Configuration.Early.SpeaksPEarlyMedia ? [new HeaderField(HeaderId.PEarlyMedia, "supported")] : [];

    private static int MaxForwards(SipRequest invite) =>
        Utf8Parser.TryParse(invite.Value(HeaderId.MaxForwards), out int hops, out _) ? hops : 70;
}
