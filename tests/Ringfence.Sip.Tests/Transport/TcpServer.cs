using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A TCP port on loopback to which the transport connects.</summary>
internal sealed class TcpServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public TcpServer()
    {
        _socket.ReceiveTimeout = (int)RecordingSink.Deadline.TotalMilliseconds;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public StreamClient Accept()
    {
        _socket.Poll(RecordingSink.Deadline, SelectMode.SelectRead).ShouldBeTrue("nobody connected");
        return new StreamClient(_socket.Accept());
    }

    public void Dispose() => _socket.Dispose();
}
