using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture.Link;

namespace Ringfence.Diagnosis.Capture;

/// <summary>The short way of most frames of a capture: RTP and RTCP in UDP in IP, with nothing unusual about any of them.</summary>
internal sealed partial class PacketDecoder
{
    private const int IPv4Header = 20;
    private const int IPv6Header = 40;
    private const int UdpHeader = 8;
    private const int RtpHeader = 12;

    // False says nothing of a frame but that it has to go the long way, layer by layer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryMedia(in FrameStamp stamp, int linkType, ReadOnlySpan<byte> frame)
    {
        var at = NetworkAt(linkType, frame);
        if (at < 0 || frame.Length < at + IPv4Header + UdpHeader + RtpHeader)
        {
            return false;
        }

        var packet = frame[at..];
        var isIPv4 = packet[0] == 0x45;
        var header = isIPv4 ? IPv4Header : IPv6Header;
        if (isIPv4 ? !IsPlainIPv4(packet) : !IsPlainIPv6(packet))
        {
            return false;
        }

        var datagram = packet[header..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        var carried = BinaryPrimitives.ReadUInt16BigEndian(packet[(isIPv4 ? 2 : 4)..]) - (isIPv4 ? IPv4Header : 0);
        if (length != carried || length > datagram.Length || length < UdpHeader + RtpHeader || datagram[8] >> 6 != 2)
        {
            return false;
        }

        var source = BinaryPrimitives.ReadUInt16BigEndian(datagram);
        var destination = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (
            destination is Tunnels.VxlanPort or Tunnels.OldVxlanPort or Tunnels.GtpUserPort or Tunnels.L2tpPort
            || source == Tunnels.SctpPort
            || destination == Tunnels.SctpPort
        )
        {
            return false;
        }

        _outlet.Media(
            new CapturedPacket
            {
                Frame = stamp.Number,
                Time = stamp.Time,
                Input = stamp.Input,
                Source = PacketAddress.Of(isIPv4 ? packet.Slice(12, 4) : packet.Slice(8, 16), source),
                Destination = PacketAddress.Of(isIPv4 ? packet.Slice(16, 4) : packet.Slice(24, 16), destination),
                Transport = PacketTransport.Udp,
                Dscp = isIPv4
                    ? (byte)(packet[1] >> 2)
                    : (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 6 & 0x3F),
                Offset = stamp.Offset == 0 ? 0 : stamp.Offset + at + header + UdpHeader,
                Payload = datagram[UdpHeader..length],
            }
        );
        return true;
    }

    // Where IP begins behind a link header without tags; below 0 where it has some, or where it is not IP.
    private static int NetworkAt(int linkType, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < IPv4Header + UdpHeader + RtpHeader)
        {
            return -1;
        }

        var (typeAt, at) = linkType switch
        {
            1 => (12, 14),
            113 => (14, 16),
            276 => (0, 20),
            12 or 14 or 101 or 228 or 229 => (-1, 0),
            _ => (-1, -1),
        };
        if (typeAt < 0)
        {
            return at;
        }

        var version = BinaryPrimitives.ReadUInt16BigEndian(frame[typeAt..]) switch
        {
            EtherTypes.IPv4 => 4,
            EtherTypes.IPv6 => 6,
            _ => -1,
        };
        return frame[at] >> 4 == version ? at : -1;
    }

    private static bool IsPlainIPv4(ReadOnlySpan<byte> packet) =>
        packet[9] == Protocols.Udp
        && (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) == 0
        && BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) <= packet.Length;

    private static bool IsPlainIPv6(ReadOnlySpan<byte> packet) =>
        packet[0] >> 4 == 6 && packet.Length >= IPv6Header + UdpHeader + RtpHeader && packet[6] == Protocols.Udp;
}
