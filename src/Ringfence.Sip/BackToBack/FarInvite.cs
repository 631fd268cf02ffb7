using System.Buffers.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.BackToBack;

/// <summary>The INVITE of the far leg, made of that of the near one.</summary>
public static class FarInvite
{
    /// <summary>The INVITE of the far leg: who calls and whom, what the policy lets cross, the offer, one hop less.</summary>
    /// <param name="caller">The call.</param>
    /// <param name="destination">Where it is to be sent.</param>
    /// <param name="requestUri">The Request-URI there.</param>
    /// <param name="policy">The header lines that cross.</param>
    public static Invitation Of(
        IncomingCall caller,
        in Peer destination,
        ReadOnlyMemory<byte> requestUri,
        HeaderPolicy policy
    )
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(policy);
        SipRequest invite = caller.Request;
        Body offer = LegPair.SessionOf(invite);
        // Without an offer the answer would have to come by the caller's PRACK (RFC 3262 §5).
        bool mustBePlain = offer.IsEmpty && !OptionTags.Has(invite, HeaderId.Supported, "100rel"u8);
        return new Invitation
        {
            Destination = destination,
            RequestUri = requestUri,
            From = WithoutTag(invite.Value(HeaderId.From)),
            To = WithoutTag(invite.Value(HeaderId.To)),
            Headers = policy.Of(invite),
            Body = offer,
            Reliability = mustBePlain ? Reliability.Off : null,
            MaxForwards =
                (Utf8Parser.TryParse(invite.Value(HeaderId.MaxForwards), out int hops, out _) ? hops : 70) - 1,
        };
    }

    /// <summary>A From or To value without its tag: each leg has its own.</summary>
    public static byte[] WithoutTag(ReadOnlySpan<byte> value)
    {
        // An INVITE with a broken From has been refused before it comes here.
        bool isSound = NameAddr.TryParse(value, out NameAddr address);
        return !isSound ? value.ToArray()
            : address.DisplayName.IsEmpty ? [.. "<"u8, .. address.Uri, .. ">"u8]
            : [.. "\""u8, .. address.DisplayName, .. "\" <"u8, .. address.Uri, .. ">"u8];
    }
}
