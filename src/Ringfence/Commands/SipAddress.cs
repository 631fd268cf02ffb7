using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Commands;

/// <summary>A SIP URI of the command line, and the address that it leads to.</summary>
internal static class SipAddress
{
    /// <summary>Finds the address of a URI; null with the trouble when there is none.</summary>
    internal static async Task<(Peer? Peer, string Trouble)> FindAsync(string uri, CancellationToken cancellation)
    {
        if (!TryRead(uri, out string host, out int port, out bool isTcp))
        {
            return (null, $"\"{uri}\" is not a SIP URI; for instance sip:+33199001234@192.0.2.1:5060");
        }

        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
            IPAddress address = Array.Find(found, one => one.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
            return (Peer.From(isTcp ? TransportKind.Tcp : TransportKind.Udp, new IPEndPoint(address, port)), "");
        }
        catch (SocketException e)
        {
            return (null, $"{host} was not found: {e.Message}");
        }
    }

    /// <summary>The local address from which another one is reached.</summary>
    internal static IPAddress LocalFor(in Peer peer)
    {
        using Socket socket = new(peer.Family, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(peer.ToEndPoint());
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    private static bool TryRead(string uri, out string host, out int port, out bool isTcp)
    {
        bool isSip = SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out SipUri read);
        host = isSip ? Encoding.ASCII.GetString(read.At.Address) : "";
        port = isSip && read.Port > 0 ? read.Port : 5060;
        isTcp = isSip && Ascii.EqualsIgnoreCase(read.Transport, "tcp"u8);
        return isSip;
    }
}
