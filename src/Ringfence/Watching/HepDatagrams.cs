using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Watching;

/// <summary>HEP over UDP: a datagram is a packet.</summary>
internal sealed class HepDatagrams : IDisposable
{
    private readonly Socket _socket;
    private readonly BlockingCollection<byte[]> _packets;

    internal HepDatagrams(IPEndPoint address, BlockingCollection<byte[]> packets)
    {
        _packets = packets;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = 8 << 20;
            _socket.Bind(address);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        new Thread(Receive) { IsBackground = true, Name = "HEP UDP" }.Start();
    }

    public void Dispose() => _socket.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"udp:{_socket.LocalEndPoint}";

    private void Receive()
    {
        byte[] datagram = new byte[65_535];
        try
        {
            while (true)
            {
                int length = _socket.Receive(datagram);
                _packets.Add(datagram[..length]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The source was closed; a socket and a queue that are waited on have no other way to say so.
        }
    }
}
