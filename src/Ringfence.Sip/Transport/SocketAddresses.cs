using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>Peers to and from the bytes of a socket address, in place: port at 2, IPv4 at 4, IPv6 at 8 on every system.</summary>
internal static class SocketAddresses
{
    internal static Peer Read(SocketAddress address, TransportKind kind, int listener)
    {
        ReadOnlySpan<byte> bytes = address.Buffer.Span;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        UInt128 number =
            address.Family == AddressFamily.InterNetwork
                ? Peer.MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])
                : BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]);
        return new Peer(kind, number, port, listener);
    }

    /// <summary>Writes the peer over an address of the same family.</summary>
    internal static void Write(in Peer peer, SocketAddress address)
    {
        Span<byte> bytes = address.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], peer.Port);
        if (peer.IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], (uint)peer.Address);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes[8..], peer.Address);
        }
    }
}
