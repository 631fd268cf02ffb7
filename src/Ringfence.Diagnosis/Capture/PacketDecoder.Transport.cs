using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Fetches;
using Ringfence.Diagnosis.Capture.Hep;
using Ringfence.Diagnosis.Capture.Link;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture;

/// <summary>The transport layer: UDP with its tunnels, TCP, SCTP, ICMP errors, and IP within IP.</summary>
internal sealed partial class PacketDecoder
{
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

        if ((source == Tunnels.SctpPort || destination == Tunnels.SctpPort) && SctpStreams.Is(payload))
        {
            _sctp.Packet(_stamp, route, payload, _dscp);
            return;
        }

        if (payload[0] is 1 or 2 or (byte)'H' && HepPacket.TryParse(payload, out var hep))
        {
            _outlet.Hep(_stamp, hep);
            return;
        }

        if (source == DnsMessage.Port || destination == DnsMessage.Port)
        {
            _tcp.Counters.Fetches.Name(
                _stamp,
                route.Source.WithPort(source),
                route.Destination.WithPort(destination),
                payload
            );
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

    private void Unreachable(in IcmpError error)
    {
        if (error.Transport == PacketTransport.Tcp && FetchLog.IsWeb(error.Destination.Port))
        {
            _tcp.Counters.Fetches.Note(
                new FetchStep(
                    FetchStepKind.Refused,
                    _stamp.Number,
                    _stamp.Time,
                    error.Source,
                    error.Destination,
                    "",
                    "unreachable"
                )
            );
        }

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
}
