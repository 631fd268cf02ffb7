using System.Net;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>Where a response without state goes: what its topmost Via says (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
internal static class ResponseRoute
{
    internal static bool TryNext(in Via via, out Peer next)
    {
        next = default;
        ReadOnlySpan<byte> host = via.Received.IsEmpty ? via.SentBy.Address : via.Received.Trim("[]"u8);
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return false;
        }

        int port =
            via.Rport > 0 ? via.Rport
            : via.SentBy.Port > 0 ? via.SentBy.Port
            : 5060;
        next = new Peer(KindOf(via.Transport), Peer.ToNumber(address), (ushort)port);
        return true;
    }

    private static TransportKind KindOf(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "TCP"u8) ? TransportKind.Tcp
        : Ascii.EqualsIgnoreCase(name, "TLS"u8) ? TransportKind.Tls
        : Ascii.EqualsIgnoreCase(name, "WS"u8) ? TransportKind.Ws
        : Ascii.EqualsIgnoreCase(name, "WSS"u8) ? TransportKind.Wss
        : TransportKind.Udp;
}
