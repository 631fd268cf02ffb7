using System.Net;
using System.Net.Sockets;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>Ports of loopback that nobody listens on, over UDP and TCP alike.</summary>
internal static class FreePort
{
    internal static int Next()
    {
        while (true)
        {
            using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)udp.LocalEndPoint!).Port;
            using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has the TCP port: ask for another.
            }
        }
    }
}
