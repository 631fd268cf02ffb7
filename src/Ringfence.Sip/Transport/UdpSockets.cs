using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ringfence.Sip.Transport;

/// <summary>Opens the UDP sockets of a listener, one a lane, and asks the system what it dropped.</summary>
internal static class UdpSockets
{
    private const int BufferSize = 4 * 1024 * 1024;
    private const int LinuxSolSocket = 1;
    private const int LinuxReusePort = 15;
    private const int LinuxMemoryInfo = 55;
    private const int MemoryInfoDrops = 8;

    /// <summary>Sockets that share one address and port; the kernel spreads the senders over them (SO_REUSEPORT).</summary>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    internal static Socket[] Open(IPEndPoint at, int count)
    {
        var sockets = new List<Socket>(count);
        try
        {
            if (count > 1)
            {
                // A shared port can be joined by a second process of the same user, which would take half of the calls. A
                // socket that does not share finds out whether one is there, and picks the port when any will do.
                using Socket probe = Bind(at, isShared: false);
                at = (IPEndPoint)probe.LocalEndPoint!;
            }

            for (int i = 0; i < count; i++)
            {
                sockets.Add(Bind(at, isShared: count > 1));
            }

            return [.. sockets];
        }
        catch (SocketException)
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>Datagrams that the kernel dropped because this socket's buffer was full; 0 where it does not say.</summary>
    internal static long Overflows(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        Span<byte> info = stackalloc byte[9 * sizeof(uint)];
        int length = socket.GetRawSocketOption(LinuxSolSocket, LinuxMemoryInfo, info);
        return length > MemoryInfoDrops * sizeof(uint) ? MemoryMarshal.Cast<byte, uint>(info)[MemoryInfoDrops] : 0;
    }

    private static Socket Bind(IPEndPoint at, bool isShared)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.ReceiveBufferSize = BufferSize;
            socket.SendBufferSize = BufferSize;
            if (at.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            if (isShared)
            {
                socket.SetRawSocketOption(LinuxSolSocket, LinuxReusePort, BitConverter.GetBytes(1));
            }

            if (OperatingSystem.IsWindows())
            {
                // SIO_UDP_CONNRESET: otherwise an ICMP error fails the next receive.
                const int connectionReset = -1744830452;
                socket.IOControl(connectionReset, [0, 0, 0, 0], null);
            }

            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
