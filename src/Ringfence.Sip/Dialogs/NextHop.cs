using System.Net;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Dialogs;

/// <summary>Where a URI leads when it names an address (RFC 3263 §4.1, §4.2 without DNS).</summary>
internal static class NextHop
{
    /// <summary>
    /// The peer of a URI with a numeric host; the known peer for a host name, since a peer that has been reached by one way is
    /// best reached by it again.
    /// </summary>
    internal static Peer Of(ReadOnlySpan<byte> uri, in Peer known)
    {
        if (!SipUri.TryParse(uri, out SipUri at) || !IPAddress.TryParse(at.At.Address, out IPAddress? address))
        {
            return known;
        }

        TransportKind kind = KindOf(at, known.Kind);
        int port = at.Port != 0 ? at.Port : kind is TransportKind.Tls or TransportKind.Wss ? 5061 : 5060;
        var named = new Peer(kind, Peer.ToNumber(address), (ushort)port, known.Listener);
        bool isKnown = named.Kind == known.Kind && named.Address == known.Address && named.Port == known.Port;
        return isKnown ? known : named;
    }

    private static TransportKind KindOf(in SipUri uri, TransportKind known)
    {
        ReadOnlySpan<byte> transport = uri.Transport;
        return transport.IsEmpty ? uri.IsSips && known == TransportKind.Udp ? TransportKind.Tls : known
            : Ascii.EqualsIgnoreCase(transport, "udp"u8) ? TransportKind.Udp
            : Ascii.EqualsIgnoreCase(transport, "ws"u8) ? known is TransportKind.Wss ? known : TransportKind.Ws
            : uri.IsSips || Ascii.EqualsIgnoreCase(transport, "tls"u8) ? TransportKind.Tls
            : TransportKind.Tcp;
    }
}
