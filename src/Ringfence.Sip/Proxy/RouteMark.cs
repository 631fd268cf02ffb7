using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The URI that this proxy records in the route (RFC 3261 §16.6 item 4). Its user part is a keyed hash of the Call-ID: a
/// request that brings it back belongs to a call that was let through here, and nobody else is relayed.
/// </summary>
internal sealed class RouteMark(KeyedHash hash)
{
    private const int Length = 13;

    /// <summary>Writes the Record-Route value: the name-addr with lr.</summary>
    internal ReadOnlySpan<byte> Write(SipWriter text, SipMessage message, in Peer local)
    {
        text.Clear();
        text.Append("<sip:"u8);
        text.Append(Of(message).Span);
        text.Append("@"u8);
        PeerText.AppendHostPort(text, local);
        text.Append(PeerText.TransportParameter(local.Kind));
        text.Append(";lr>"u8);
        return text.Written;
    }

    /// <summary>True for a URI that was recorded here for this message's call.</summary>
    internal bool IsMine(SipMessage message, ReadOnlySpan<byte> uri) =>
        SipUri.TryParse(uri, out SipUri sip) && sip.User.Length == Length && sip.User.SequenceEqual(Of(message).Span);

    /// <summary>True for a route value with such a URI.</summary>
    internal bool IsMyRoute(SipMessage message, ReadOnlySpan<byte> route) =>
        NameAddr.TryParse(route, out NameAddr address) && IsMine(message, address.Uri);

    private Token Of(SipMessage message)
    {
        Token token = default;
        token.Append(hash.Of(message.Value(HeaderId.CallId), (ulong)Length));
        return token;
    }
}
