using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Media.Rtp;

/// <summary>A transport address as a plain value: compared per packet without allocation.</summary>
/// <param name="Address">The address as a number, IPv4 mapped into IPv6.</param>
/// <param name="Port">The port.</param>
public readonly record struct MediaSource(UInt128 Address, ushort Port)
{
    private static readonly UInt128 Mapped = new(0, 0x0000_FFFF_0000_0000);

    /// <summary>From an endpoint.</summary>
    public static MediaSource Of(IPEndPoint endPoint)
    {
        Span<byte> octets = stackalloc byte[16];
        endPoint.Address.MapToIPv6().TryWriteBytes(octets, out _);
        return new MediaSource(BinaryPrimitives.ReadUInt128BigEndian(octets), (ushort)endPoint.Port);
    }

    /// <summary>From the socket address that a receive filled in (IPv4 or IPv6).</summary>
    public static MediaSource Of(SocketAddress address)
    {
        var raw = address.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(raw[2..]);
        return address.Family == AddressFamily.InterNetwork
            ? new MediaSource(Mapped | BinaryPrimitives.ReadUInt32BigEndian(raw[4..]), port)
            : new MediaSource(BinaryPrimitives.ReadUInt128BigEndian(raw[8..]), port);
    }

    /// <summary>As an endpoint, in the family that the address belongs to.</summary>
    public IPEndPoint ToEndPoint()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Address);
        var address = new IPAddress(octets);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Port);
    }

    /// <inheritdoc/>
    public override string ToString() => ToEndPoint().ToString();
}
