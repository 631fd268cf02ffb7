using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>
/// By which of this machine's addresses a destination is reached: asked of the system once per destination network (/24, /64) and
/// kept. Forgets everything when it is full, so a peer that changes its address cannot make it grow. One thread only.
/// </summary>
internal sealed class LocalRoutes
{
    private const int Capacity = 1024;
    private readonly Dictionary<UInt128, UInt128> _known = [];

    internal bool TryFind(in Peer to, out UInt128 local)
    {
        UInt128 network = to.Address >> (to.IsIPv4 ? 8 : 64);
        if (_known.TryGetValue(network, out local))
        {
            return true;
        }

        if (!TryAsk(to, out local))
        {
            return false;
        }

        if (_known.Count == Capacity)
        {
            _known.Clear();
        }

        _known.Add(network, local);
        return true;
    }

    /// <summary>Connecting a UDP socket sends nothing: it only makes the system choose the route.</summary>
    private static bool TryAsk(in Peer to, out UInt128 local)
    {
        local = default;
        try
        {
            using var socket = new Socket(to.Family, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(to.ToEndPoint());
            local = Peer.ToNumber(((IPEndPoint)socket.LocalEndPoint!).Address);
            return true;
        }
        catch (SocketException)
        {
            // No route: the caller is told so by the result.
            return false;
        }
    }
}
