using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A port whose queue of connections is full: the kernel answers no further SYN, so connecting to it hangs.</summary>
internal sealed class FullBacklog : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public FullBacklog()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (int i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                Blocking = false,
            };
            _waiting.Add(socket);
            try
            {
                socket.Connect(EndPoint);
            }
            catch (SocketException)
            {
                // It is under way, or it hangs, which is what it is for.
            }
        }
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
