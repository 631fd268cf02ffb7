using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture.Hep;
using Ringfence.Diagnosis.Capture.Link;
using Ringfence.Diagnosis.Capture.Streams;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Takes frames apart, from the link to the message, through whatever tunnels are in between.</summary>
internal sealed class PacketDecoder : IDisposable
{
    private const int MaxDepth = 8;

    private readonly PacketOutlet _outlet;
    private readonly FragmentTable _fragments;
    private readonly TcpConnections _tcp;
    private readonly SctpStreams _sctp;
    private FrameStamp _stamp;
    private byte _dscp;
    private bool _incomplete;

    public PacketDecoder(ICaptureSink sink, CaptureOptions options, KeyLog keys)
    {
        _outlet = new PacketOutlet(sink);
        _fragments = new FragmentTable(options.MaxFragmentedDatagrams) { GivenUp = OnIncomplete };
        _tcp = new TcpConnections(_outlet, options, keys);
        _sctp = new SctpStreams(_outlet, options.MaxStreamBytes);
    }

    public PacketOutlet Outlet => _outlet;

    public TcpConnections Tcp => _tcp;

    public long SnappedFrames { get; private set; }

    public long LostFragments { get; private set; }

    /// <summary>A link type that was met and is not known here.</summary>
    public int? UnknownLinkType { get; private set; }

    /// <summary>Takes one frame apart.</summary>
    // Once per frame: see the reader.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Frame(in FrameStamp stamp, int linkType, ReadOnlySpan<byte> frame)
    {
        _stamp = stamp;
        _incomplete = false;
        SnappedFrames += stamp.Snapped ? 1 : 0;
        if (LinkHeader.TryStrip(linkType, frame, out var etherType, out var payload))
        {
            Network(etherType, payload, 0);
        }
        else if (!LinkHeader.Knows(linkType))
        {
            UnknownLinkType = linkType;
        }
    }

    /// <summary>One packet of a capture agent.</summary>
    public void Hep(in FrameStamp stamp, in HepPacket packet)
    {
        const int Sip = 1;
        const int Rtcp = 5;
        const int Rtp = 4;
        if (packet.Compressed || packet.PayloadType is not (Sip or Rtcp or Rtp))
        {
            return;
        }

        var captured = new CapturedPacket
        {
            Frame = stamp.Number,
            Time = packet.Time == 0 ? stamp.Time : packet.Time,
            Input = stamp.Input,
            Source = packet.Source,
            Destination = packet.Destination,
            Transport = packet.Transport,
            Origin = PacketOrigin.Hep,
            Payload = packet.Payload,
        };
        if (packet.PayloadType == Sip)
        {
            _ = _outlet.TrySip(captured);
        }
        else
        {
            _outlet.Datagram(captured);
        }
    }

    /// <summary>One message of a text log.</summary>
    public void Logged(
        in FrameStamp stamp,
        PacketAddress source,
        PacketAddress destination,
        PacketTransport transport,
        ReadOnlySpan<byte> message
    ) =>
        _ = _outlet.TrySip(
            new CapturedPacket
            {
                Frame = stamp.Number,
                Time = stamp.Time,
                Input = stamp.Input,
                Source = source,
                Destination = destination,
                Transport = transport,
                Origin = PacketOrigin.Log,
                Truncated = stamp.Snapped,
                Payload = message,
            }
        );

    /// <summary>Delivers what is still waiting for more: the capture has ended.</summary>
    public void Flush()
    {
        _fragments.Flush();
        _tcp.Flush();
    }

    public void Dispose() => _fragments.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Network(ushort etherType, ReadOnlySpan<byte> packet, int depth)
    {
        if (depth > MaxDepth)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    // The first part of a datagram whose rest never came: its beginning is still evidence.
    private void OnIncomplete(FragmentKey key, FragmentedDatagram datagram)
    {
        LostFragments++;
        var contents = datagram.Contents;
        if (contents.IsEmpty || datagram.Protocol != Protocols.Udp)
        {
            return;
        }

        var current = _stamp;
        (_stamp, _incomplete) = (datagram.First, true);
        Udp(
            new IpRoute(new PacketAddress(key.Source, 0), new PacketAddress(key.Destination, 0), contents.Length),
            contents,
            0
        );
        (_stamp, _incomplete) = (current, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transport(byte protocol, in IpRoute route, ReadOnlySpan<byte> payload, int depth)
    {
        switch (protocol)
        {
            case Protocols.Udp:
                Udp(route, payload, depth);
                break;
            case Protocols.Tcp:
                _tcp.Segment(_stamp, route, payload, _dscp);
                break;
            case Protocols.Sctp:
                _sctp.Packet(_stamp, route, payload, _dscp);
                break;
            case Protocols.IPv4:
                Network(EtherTypes.IPv4, payload, depth + 1);
                break;
            case Protocols.IPv6:
                Network(EtherTypes.IPv6, payload, depth + 1);
                break;
            case Protocols.Gre when Tunnels.TryGre(payload, out var etherType, out var inner):
                Network(etherType, inner, depth + 1);
                break;
            case Protocols.Icmp or Protocols.Icmp6 when IcmpError.TryRead(protocol, payload, out var error):
                Unreachable(error);
                break;
            default:
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Udp(in IpRoute route, ReadOnlySpan<byte> datagram, int depth)
    {
        if (datagram.Length < 8)
        {
            return;
        }

        var source = BinaryPrimitives.ReadUInt16BigEndian(datagram);
        var destination = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        var payload = length >= 8 && length <= datagram.Length ? datagram[8..length] : datagram[8..];
        if (payload.IsEmpty || TryTunnel(destination, payload, depth))
        {
            return;
        }

        if (payload[0] is 1 or 2 or (byte)'H' && HepPacket.TryParse(payload, out var hep))
        {
            Hep(_stamp, hep);
            return;
        }

        _outlet.Datagram(
            new CapturedPacket
            {
                Frame = _stamp.Number,
                Time = _stamp.Time,
                Input = _stamp.Input,
                Source = route.Source.WithPort(source),
                Destination = route.Destination.WithPort(destination),
                Transport = PacketTransport.Udp,
                Dscp = _dscp,
                Truncated = _incomplete || length > datagram.Length,
                Payload = payload,
            }
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTunnel(ushort port, ReadOnlySpan<byte> payload, int depth)
    {
        switch (port)
        {
            case Tunnels.VxlanPort or Tunnels.OldVxlanPort when Tunnels.TryVxlan(payload, out var frame):
                Ethernet(frame, depth);
                return true;
            case Tunnels.GtpUserPort when Tunnels.TryGtpUser(payload, out var packet):
                if (LinkHeader.TryRaw(packet, out var etherType, out packet))
                {
                    Network(etherType, packet, depth + 1);
                }

                return true;
            case Tunnels.L2tpPort when Tunnels.TryL2tp(payload, out var ppp):
                Ppp(ppp, depth);
                return true;
            default:
                return false;
        }
    }

    private void Unreachable(in IcmpError error) =>
        _outlet.Unreachable(
            new CapturedPacket
            {
                Frame = _stamp.Number,
                Time = _stamp.Time,
                Input = _stamp.Input,
                Source = error.Source,
                Destination = error.Destination,
                Transport = error.Transport,
                Dscp = _dscp,
                Truncated = true,
                Payload = error.Quoted,
            }
        );
}
