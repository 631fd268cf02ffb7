using System.Net;
using System.Net.Sockets;
using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>
/// One lane's socket on one UDP port. Receives into a reused buffer and a reused address, on the lane's thread; what it allocates
/// per datagram is the message alone. ICMP errors are not asked for: anybody can forge one and end a call by it, and the
/// timers of a transaction come to the same end.
/// </summary>
internal sealed class UdpListener : ILaneInput
{
    /// <summary>Datagrams that are read before the lane looks at its timers and its ring again.</summary>
    private const int Budget = 32;

    private readonly LaneDispatch _dispatch;
    private readonly byte[] _buffer;
    private readonly SocketAddress _from;
    private readonly SocketAddress _to;

    /// <param name="socket">A bound socket that does not block.</param>
    /// <param name="index">The listener's index.</param>
    /// <param name="dispatch">The lane's way in.</param>
    /// <param name="buffer">Room for the largest datagram; a lane's sockets share it.</param>
    internal UdpListener(Socket socket, int index, LaneDispatch dispatch, byte[] buffer)
    {
        Socket = socket;
        Index = index;
        _dispatch = dispatch;
        _buffer = buffer;
        _from = new SocketAddress(socket.AddressFamily);
        _to = new SocketAddress(socket.AddressFamily);
    }

    public Socket Socket { get; }

    /// <summary>The listener's index.</summary>
    internal int Index { get; }

    public bool Read()
    {
        for (int i = 0; i < Budget; i++)
        {
            if (!TryReceive(out int length))
            {
                return false;
            }

            _dispatch.OnDatagram(SocketAddresses.Read(_from, TransportKind.Udp, Index), _buffer.AsSpan(0, length));
            if (Socket.Available == 0)
            {
                return false;
            }
        }

        return true;
    }

    internal SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        SocketAddresses.Write(to, _to);
        try
        {
            Socket.SendTo(message, SocketFlags.None, _to);
            _dispatch.Counters.Sent++;
            return SendOutcome.Sent;
        }
        catch (SocketException)
        {
            // Unreachable network, forbidden destination, full buffer: RFC 3261 §18.4 wants the user told, not the loop ended.
            _dispatch.Counters.SendFailed++;
            return SendOutcome.Failed;
        }
    }

    private bool TryReceive(out int length)
    {
        try
        {
            length = Socket.ReceiveFrom(_buffer, SocketFlags.None, _from);
            return true;
        }
        catch (SocketException)
        {
            // A datagram with a bad checksum wakes the thread and is gone when it reads; on some systems an ICMP error to an
            // earlier send comes out here. Neither may end the loop, and neither says anything about the next datagram.
            length = 0;
            return false;
        }
    }
}
