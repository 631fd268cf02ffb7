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
    internal static Peer Of(ReadOnlySpan<byte> uri, in Peer known) => TryOf(uri, known, out Peer peer) ? peer : known;

    /// <summary>The peer of a URI with a numeric host; false for a host name.</summary>
    internal static bool TryOf(ReadOnlySpan<byte> uri, in Peer known, out Peer peer)
    {
        peer = default;
        if (!SipUri.TryParse(uri, out SipUri at) || !IPAddress.TryParse(at.At.Address, out IPAddress? address))
        {
            return false;
        }

        var number = Peer.ToNumber(address);
        bool isKnownHost = number == known.Address && (at.Port == 0 || at.Port == known.Port);
        TransportKind kind = KindOf(at, isKnownHost ? known.Kind : TransportKind.Udp);
        int port =
            at.Port != 0 ? at.Port
            : kind is TransportKind.Tls or TransportKind.Wss ? 5061
            : 5060;
        peer = new Peer(kind, number, (ushort)port, known.Listener);
        if (peer.Kind == known.Kind && peer.Address == known.Address && peer.Port == known.Port)
        {
            peer = known;
        }

        return true;
    }

    private static TransportKind KindOf(in SipUri uri, TransportKind otherwise)
    {
        ReadOnlySpan<byte> transport = uri.Transport;
        return transport.IsEmpty
            ? uri.IsSips && otherwise == TransportKind.Udp
                ? TransportKind.Tls
                : otherwise
            : Ascii.EqualsIgnoreCase(transport, "udp"u8)
                ? TransportKind.Udp
                : Ascii.EqualsIgnoreCase(transport, "ws"u8)
                    ? otherwise is TransportKind.Wss
                        ? otherwise
                        : TransportKind.Ws
                    : uri.IsSips || Ascii.EqualsIgnoreCase(transport, "tls"u8)
                        ? TransportKind.Tls
                        : TransportKind.Tcp;
    }
}
