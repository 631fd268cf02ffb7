using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture.Fetches;
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

        if (_copies is not null && _copies.IsCopy(stamp.Time, _place, frame[at..]))
        {
            return true;
        }

        return frame[at] == 0x45 ? TryIPv4Media(stamp, frame, at) : TryIPv6Media(stamp, frame, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryIPv4Media(in FrameStamp stamp, ReadOnlySpan<byte> frame, int at)
    {
        // Of a length that the compiler knows, so that it need not check every byte.
        var ip = frame.Slice(at, IPv4Header);
        return ip[9] == Protocols.Udp
            && (BinaryPrimitives.ReadUInt16BigEndian(ip.Slice(6, 2)) & 0x3FFF) == 0
            && TryMedia(
                stamp,
                frame[(at + IPv4Header)..],
                BinaryPrimitives.ReadUInt16BigEndian(ip.Slice(2, 2)) - IPv4Header,
                new AddressBits(BinaryPrimitives.ReadUInt32BigEndian(ip.Slice(12, 4))),
                new AddressBits(BinaryPrimitives.ReadUInt32BigEndian(ip.Slice(16, 4))),
                (byte)(ip[1] >> 2),
                at + IPv4Header
            );
    }

    private bool TryIPv6Media(in FrameStamp stamp, ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + IPv6Header + UdpHeader + RtpHeader || frame[at] >> 4 != 6)
        {
            return false;
        }

        var ip = frame.Slice(at, IPv6Header);
        return ip[6] == Protocols.Udp
            && TryMedia(
                stamp,
                frame[(at + IPv6Header)..],
                BinaryPrimitives.ReadUInt16BigEndian(ip.Slice(4, 2)),
                AddressBits.Of(ip.Slice(8, 16)),
                AddressBits.Of(ip.Slice(24, 16)),
                (byte)(BinaryPrimitives.ReadUInt16BigEndian(ip) >> 6 & 0x3F),
                at + IPv6Header
            );
    }

    // A datagram of at least the two headers, and what IP says of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryMedia(
        in FrameStamp stamp,
        ReadOnlySpan<byte> datagram,
        int carried,
        AddressBits source,
        AddressBits destination,
        byte dscp,
        int at
    )
    {
        var udp = datagram[..(UdpHeader + RtpHeader)];
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp.Slice(4, 2));
        var port = BinaryPrimitives.ReadUInt16BigEndian(udp.Slice(2, 2));
        if (length != carried || length > datagram.Length || length < UdpHeader + RtpHeader || udp[UdpHeader] >> 6 != 2)
        {
            return false;
        }

        var from = BinaryPrimitives.ReadUInt16BigEndian(udp);
        if (
            from is DnsMessage.Port or Tunnels.SctpPort
            || port
                is Tunnels.VxlanPort
                    or Tunnels.OldVxlanPort
                    or Tunnels.GtpUserPort
                    or Tunnels.L2tpPort
                    or Tunnels.SctpPort
                    or DnsMessage.Port
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
                Source = new PacketAddress(source, from),
                Destination = new PacketAddress(destination, port),
                Transport = PacketTransport.Udp,
                Dscp = dscp,
                Offset = stamp.Offset == 0 ? 0 : stamp.Offset + at + UdpHeader,
                Payload = datagram[UdpHeader..length],
            }
        );
        return true;
    }

    // Where IP begins behind a link header without tags; below 0 where it has some, or where it is not IP.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
}
