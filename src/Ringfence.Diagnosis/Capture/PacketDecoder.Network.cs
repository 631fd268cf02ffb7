using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Link;

namespace Ringfence.Diagnosis.Capture;

/// <summary>The network layer: IPv4, IPv6 with its extension headers, and fragments.</summary>
internal sealed partial class PacketDecoder
{
    private void Network(ushort etherType, ReadOnlySpan<byte> packet, int depth)
    {
        if (depth > MaxDepth || IsCopy(etherType, packet))
        {
            return;
        }

        switch (etherType)
        {
            case EtherTypes.IPv4:
                IPv4(packet, depth);
                break;
            case EtherTypes.IPv6:
                IPv6(packet, depth);
                break;
            case EtherTypes.TransparentEthernet:
                Ethernet(packet, depth);
                break;
            case EtherTypes.Ppp:
                Ppp(packet, depth);
                break;
            default:
                break;
        }
    }

    private bool IsCopy(ushort etherType, ReadOnlySpan<byte> packet) =>
        _copies is not null
        && (etherType is EtherTypes.IPv4 or EtherTypes.IPv6)
        && _copies.IsCopy(_stamp.Time, _place, packet);

    private void Ethernet(ReadOnlySpan<byte> frame, int depth)
    {
        if (LinkHeader.TryEthernet(frame, out var etherType, out var payload))
        {
            Network(etherType, payload, depth + 1);
        }
    }

    private void Ppp(ReadOnlySpan<byte> frame, int depth)
    {
        if (LinkHeader.TryPpp(frame, out var etherType, out var payload))
        {
            Network(etherType, payload, depth + 1);
        }
    }

    private void IPv4(ReadOnlySpan<byte> packet, int depth)
    {
        if (packet.Length < 20 || packet[0] >> 4 != 4)
        {
            return;
        }

        var header = (packet[0] & 0x0F) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);

        // A length of 0 is what a capture on the sender shows when the network card cuts the segments.
        total = total == 0 ? packet.Length : total;
        if (header < 20 || header > packet.Length || total < header)
        {
            return;
        }

        _dscp = (byte)(packet[1] >> 2);
        var route = new IpRoute(
            PacketAddress.Of(packet[12..16], 0),
            PacketAddress.Of(packet[16..20], 0),
            total - header
        );
        var payload = packet[header..Math.Min(total, packet.Length)];
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        if ((fragment & 0x3FFF) == 0)
        {
            Transport(packet[9], route, payload, depth);
            return;
        }

        var key = new FragmentKey(
            route.Source.Bits,
            route.Destination.Bits,
            BinaryPrimitives.ReadUInt16BigEndian(packet[4..]),
            packet[9]
        );
        Reassemble(key, (fragment & 0x1FFF) * 8, (fragment & 0x2000) != 0, packet[9], payload, depth);
    }

    private void IPv6(ReadOnlySpan<byte> packet, int depth)
    {
        if (packet.Length < 40 || packet[0] >> 4 != 6)
        {
            return;
        }

        _dscp = (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 6 & 0x3F);
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        length = length == 0 ? packet.Length - 40 : length;
        var source = PacketAddress.Of(packet[8..24], 0);
        var destination = PacketAddress.Of(packet[24..40], 0);
        var next = packet[6];
        var payload = packet.Slice(40, Math.Min(length, packet.Length - 40));
        while (
            next
                is Protocols.HopByHop
                    or Protocols.Routing
                    or Protocols.DestinationOptions
                    or Protocols.Mobility
                    or Protocols.Authentication
            && payload.Length >= 8
        )
        {
            var size = next == Protocols.Authentication ? (payload[1] + 2) * 4 : (payload[1] + 1) * 8;
            next = payload[0];
            length -= size;
            payload = payload[Math.Min(size, payload.Length)..];
        }

        if (next != Protocols.Fragment || payload.Length < 8)
        {
            Transport(next, new IpRoute(source, destination, length), payload, depth);
            return;
        }

        var fragment = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        var key = new FragmentKey(
            source.Bits,
            destination.Bits,
            BinaryPrimitives.ReadUInt32BigEndian(payload[4..]),
            Protocols.Fragment
        );
        Reassemble(key, fragment & 0xFFF8, (fragment & 1) != 0, payload[0], payload[8..], depth);
    }

    private void Reassemble(
        in FragmentKey key,
        int offset,
        bool more,
        byte protocol,
        ReadOnlySpan<byte> part,
        int depth
    )
    {
        using var whole = _fragments.Add(key, _stamp, offset, more, protocol, part);
        if (whole is not null)
        {
            var contents = whole.Contents;
            var route = new IpRoute(
                new PacketAddress(key.Source, 0),
                new PacketAddress(key.Destination, 0),
                contents.Length
            );
            Transport(whole.Protocol, route, contents, depth);
        }
    }
}
