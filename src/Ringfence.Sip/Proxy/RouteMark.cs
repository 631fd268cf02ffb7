using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The URIs that this proxy records in the route (RFC 3261 §16.6 item 4). Their user part is a keyed hash of the Call-ID, and of the
/// flow that follows it where there is one: a request that brings it back belongs to a call that was let through here, and nobody
/// else is relayed.
/// </summary>
internal sealed class RouteMark(KeyedHash hash)
{
    private const int Length = 13;

    /// <summary>No hexadecimal digit, so no flow begins with it.</summary>
    private static ReadOnlySpan<byte> Shifted => "s"u8;

    private readonly SipWriter _flow = new();

    /// <summary>
    /// Writes the Record-Route values: one where both sides are reached alike, else the one for the callee's side above the one for the
    /// caller's (RFC 5658 §3), each with the flow by which its side is reached.
    /// </summary>
    internal ReadOnlySpan<byte> Write(SipWriter text, SipMessage message, in RouteSide caller, in RouteSide callee)
    {
        text.Clear();
        Append(text, message, callee);
        if (!caller.IsLike(callee))
        {
            text.Append(", "u8);
            Append(text, message, caller);
        }

        return text.Written;
    }

    /// <summary>True for a URI that was recorded here for this message's call.</summary>
    internal bool IsMine(SipMessage message, ReadOnlySpan<byte> uri) =>
        SipUri.TryParse(uri, out SipUri sip)
        && sip.User.Length >= Length
        && sip.User[..Length].SequenceEqual(Of(message, sip.User[Length..]).Span);

    /// <summary>True for a route value with such a URI.</summary>
    internal bool IsMyRoute(SipMessage message, ReadOnlySpan<byte> route) =>
        NameAddr.TryParse(route, out NameAddr address) && IsMine(message, address.Uri);

    /// <summary>What a route value that is ours says of its side: the flow, and whether CSeq numbers are shifted.</summary>
    internal static bool TryFlow(ReadOnlySpan<byte> route, out Peer flow, out bool isShifted)
    {
        flow = default;
        isShifted = false;
        if (
            !NameAddr.TryParse(route, out NameAddr address)
            || !SipUri.TryParse(address.Uri, out SipUri sip)
            || sip.User.Length <= Length
        )
        {
            return false;
        }

        ReadOnlySpan<byte> rest = sip.User[Length..];
        isShifted = rest.StartsWith(Shifted);
        return FlowToken.TryRead(isShifted ? rest[Shifted.Length..] : rest, out flow);
    }

    private void Append(SipWriter text, SipMessage message, in RouteSide side)
    {
        _flow.Clear();
        if (side.IsShifted)
        {
            _flow.Append(Shifted);
        }

        if (side.HasFlow)
        {
            FlowToken.Write(_flow, side.Remote);
        }

        text.Append("<sip:"u8);
        text.Append(Of(message, _flow.Written).Span);
        text.Append(_flow.Written);
        text.Append("@"u8);
        PeerText.AppendHostPort(text, side.Local);
        text.Append(PeerText.TransportParameter(side.Local.Kind));
        text.Append(";lr>"u8);
    }

    private Token Of(SipMessage message, ReadOnlySpan<byte> flow)
    {
        Token token = default;
        ulong call = hash.Of(message.Value(HeaderId.CallId), (ulong)Length);
        token.Append(flow.IsEmpty ? call : hash.Of(flow, call));
        return token;
    }
}
