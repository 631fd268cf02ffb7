using System.Net;
using System.Net.Sockets;
using Ringfence.Diagnosis.Live;

namespace Ringfence.Watching;

/// <summary>What capture agents send as HEP over UDP.</summary>
internal sealed class HepSource : IPacketSource
{
    private const int Patience = 200_000;
    private readonly Socket _socket;
    private readonly byte[] _datagram = new byte[65_535];

    private HepSource(Socket socket) => _socket = socket;

    public string Name => $"HEP {_socket.LocalEndPoint}";

    /// <summary>Datagrams that were no HEP packets.</summary>
    public long Dropped { get; private set; }

    internal static HepSource? Open(IPEndPoint address, out string problem)
    {
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = 8 << 20;
            socket.Bind(address);
            problem = "";
            return new HepSource(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            problem = $"{address}: {e.Message}";
            return null;
        }
    }

    public bool Read(LiveDecoder decoder)
    {
        if (_socket.Poll(Patience, SelectMode.SelectRead))
        {
            int length = _socket.Receive(_datagram);
            long now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            Dropped += decoder.Hep(now, _datagram.AsSpan(0, length)) ? 0 : 1;
        }

        return true;
    }

    public void Dispose() => _socket.Dispose();
}
