using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class EncapsulationTests
{
    private static readonly byte[] Packet = IPv4(17, Udp(Options));

    public static TheoryData<string, int, byte[]> Ways()
    {
        var ethernet = Ethernet(IPv4Type, Packet);
        var outer = new Func<int, byte[], byte[]>(
            (port, payload) => Ethernet(IPv4Type, IPv4(17, Udp(payload, 3000, port)))
        );
        var gre = new Func<byte[], byte[]>(payload => Ethernet(IPv4Type, IPv4(47, payload)));
        return new TheoryData<string, int, byte[]>
        {
            { "Ethernet", 1, ethernet },
            { "VLAN", 1, Ethernet(0x8100, Join(U16(7), U16(IPv4Type), Packet)) },
            { "QinQ", 1, Ethernet(0x88A8, Join(U16(7), U16(0x8100), U16(9), U16(IPv4Type), Packet)) },
            { "PPPoE", 1, Ethernet(0x8864, Join([0x11, 0, 0, 1], U16(Packet.Length + 2), U16(0x21), Packet)) },
            { "MPLS", 1, Ethernet(0x8847, Join([0, 1, 0, 64, 0, 2, 1, 64], Packet)) },
            { "Linux cooked v1", 113, Join(new byte[14], U16(IPv4Type), Packet) },
            { "Linux cooked v2", 276, Join(U16(IPv4Type), new byte[18], Packet) },
            { "raw IP", 101, Packet },
            { "null loopback", 0, Join([2, 0, 0, 0], Packet) },
            { "loop", 108, Join([0, 0, 0, 2], Packet) },
            { "IPIP", 1, Ethernet(IPv4Type, IPv4(4, Packet)) },
            { "IPv4 in IPv6", 1, Ethernet(IPv6Type, IPv6(4, Packet)) },
            { "6in4", 1, Ethernet(IPv4Type, IPv4(41, IPv6(17, Udp(Options)))) },
            { "GRE", 1, gre(Join(U16(0), U16(IPv4Type), Packet)) },
            { "GRE with key and sequence", 1, gre(Join(U16(0x3000), U16(IPv4Type), new byte[8], Packet)) },
            { "GRE Ethernet", 1, gre(Join(U16(0), U16(0x6558), ethernet)) },
            { "ERSPAN I", 1, gre(Join(U16(0), U16(0x88BE), ethernet)) },
            { "ERSPAN II", 1, gre(Join(U16(0x1000), U16(0x88BE), new byte[4], new byte[8], ethernet)) },
            { "ERSPAN III", 1, gre(Join(U16(0x1000), U16(0x22EB), new byte[4], new byte[12], ethernet)) },
            {
                "ERSPAN III with its optional part",
                1,
                gre(Join(U16(0x1000), U16(0x22EB), new byte[4], new byte[11], [1], new byte[8], ethernet))
            },
            { "VXLAN", 1, outer(4789, Join([8, 0, 0, 0, 0, 0, 1, 0], ethernet)) },
            { "GTP-U", 1, outer(2152, Join([0x30, 255], U16(Packet.Length), U32(1), Packet)) },
            {
                "GTP-U with an extension header",
                1,
                outer(2152, Join([0x34, 255], U16(Packet.Length + 8), U32(1), [0, 0, 0, 0x85, 1, 0, 0, 0], Packet))
            },
            { "L2TP", 1, outer(1701, Join([0, 2, 0, 1, 0, 1, 0xFF, 3], U16(0x21), Packet)) },
            {
                "IPv6 with extension headers",
                1,
                Ethernet(IPv6Type, IPv6(0, Join([60, 0, 0, 0, 0, 0, 0, 0], [17, 1], new byte[14], Udp(Options))))
            },
            { "another port", 1, Ethernet(IPv4Type, IPv4(17, Udp(Options, 17000, 33333))) },
            { "line ends first", 1, UdpFrame(Join("\r\n\r\n"u8.ToArray(), Options)) },
        };
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Sip_is_found_within(string way, int linkType, byte[] frame)
    {
        var sink = CollectingSink.Read(Pcap(linkType, frame));
        sink.Messages.Count.ShouldBe(1, way);
        sink.Messages[0].StartLine.ShouldBe("OPTIONS sip:bob@example.org SIP/2.0");
        sink.Messages[0].Source.Port.ShouldBeGreaterThan((ushort)0);
        sink.Messages[0].Time.ShouldBe(1_700_000_000_000_000_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_frame_cut_anywhere_is_read_without_a_fault(string way, int linkType, byte[] frame)
    {
        for (var length = 0; length < frame.Length; length++)
        {
            CollectingSink.Read(Pcap(linkType, frame[..length])).Messages.Count.ShouldBeLessThanOrEqualTo(1, way);
        }
    }

    [Fact]
    public void A_tunnel_in_a_tunnel_in_a_tunnel_ends_somewhere()
    {
        var packet = Packet;
        for (var i = 0; i < 40; i++)
        {
            packet = IPv4(4, packet);
        }

        CollectingSink.Read(Pcap(101, packet)).Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Http_on_port_5060_is_no_sip()
    {
        var http = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"u8.ToArray();
        var sink = CollectingSink.Read(Pcap(1, UdpFrame(http), TcpFrame(1, http)));
        sink.Messages.ShouldBeEmpty();
        sink.Datagrams.Count.ShouldBe(1);
    }

    [Fact]
    public void An_unreachable_port_names_the_packet_that_did_not_arrive()
    {
        var quoted = IPv4(17, Udp(Options, 5070, 5080));
        var icmp = Join([3, 3, 0, 0, 0, 0, 0, 0], quoted);
        var sink = CollectingSink.Read(Pcap(1, Ethernet(IPv4Type, IPv4(1, icmp, "192.0.2.2", "192.0.2.1"))));
        var (source, destination) = sink.Unreachables.ShouldHaveSingleItem();
        source.ToString().ShouldBe("192.0.2.1:5070");
        destination.ToString().ShouldBe("192.0.2.2:5080");
    }

    [Fact]
    public void A_capture_agent_tells_addresses_and_time_of_its_own()
    {
        var hep = Hep3(Options, 1, 1_600_000_000);
        var sink = CollectingSink.Read(Pcap(1, Ethernet(IPv4Type, IPv4(17, Udp(hep, 9999, 9060)))));
        var message = sink.Messages.ShouldHaveSingleItem();
        message.Source.ToString().ShouldBe("198.51.100.1:5060");
        message.Destination.ToString().ShouldBe("198.51.100.2:5080");
        message.Time.ShouldBe(1_600_000_000_000_007_000);
        message.Transport.ShouldBe(PacketTransport.Tcp);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_compressed_payload_is_inflated(bool damaged, int messages)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            zlib.Write(Options);
        }

        var payload = packed.ToArray();
        payload[damaged ? 0 : ^1] = damaged ? (byte)0xFF : payload[^1];
        var hep = Hep3(payload, 1, 1_600_000_000, compressed: true);
        CollectingSink.Read(Pcap(1, UdpFrame(hep))).Messages.Count.ShouldBe(messages);
    }

    [Fact]
    public void A_file_of_agent_packets_is_read_over_a_damaged_place()
    {
        var hep = Hep3(Options, 1, 1_600_000_000);
        var bytes = Join(hep, [1, 2, 3, 4, 5, 6, 7, 8, 9], hep);
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("hep", bytes));
        outcome.Formats.ShouldBe([CaptureFormat.Hep]);
        sink.Messages.Count.ShouldBe(2);
        outcome.Damage.ShouldBe([new CaptureDamage(0, hep.Length, DamageKind.ImpossibleLength)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_file_of_older_agent_packets_is_cut_by_the_lengths_of_the_messages(byte version)
    {
        byte[] time = version == 2 ? [0, 0x10, 0x5E, 0x5F, 5, 0, 0, 0, 1, 0, 0, 0] : [];
        var hep = Join([version, 16, 2, 17], U16(5060), U16(5080), [198, 51, 100, 1, 198, 51, 100, 2], time, Options);
        var bytes = Join(hep, hep, [7, 1, 16, 2, 9, 9], hep, hep[..60]);
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("hep", bytes));
        outcome.Formats.ShouldBe([CaptureFormat.Hep]);
        sink.Messages.Count.ShouldBe(3);
        sink.Messages.ShouldAllBe(m => m.Source.Port == 5060 && m.Text.Length == Options.Length);
        outcome.Damage[0].ShouldBe(new CaptureDamage(0, 2 * hep.Length, DamageKind.ImpossibleLength));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void Older_agents_are_understood(byte version, bool withTime)
    {
        byte[] time = withTime ? [0, 0x10, 0x5E, 0x5F, 5, 0, 0, 0, 1, 0, 0, 0] : [];
        var hep = Join([version, 16, 2, 17], U16(5060), U16(5080), [198, 51, 100, 1, 198, 51, 100, 2], time, Options);
        var message = CollectingSink.Read(Pcap(1, UdpFrame(hep))).Messages.ShouldHaveSingleItem();
        message.Source.ToString().ShouldBe("198.51.100.1:5060");
        message.Destination.ToString().ShouldBe("198.51.100.2:5080");
        message.Time.ShouldBe(withTime ? 1_600_000_000_000_005_000 : 1_700_000_000_000_000_000);
    }

    private static byte[] Hep3(byte[] payload, byte type, uint seconds, bool compressed = false)
    {
        static byte[] Chunk(int id, byte[] value) => Join(U16(0), U16(id), U16(6 + value.Length), value);
        var chunks = Join(
            Chunk(1, [2]),
            Chunk(2, [6]),
            Chunk(3, [198, 51, 100, 1]),
            Chunk(4, [198, 51, 100, 2]),
            Chunk(7, U16(5060)),
            Chunk(8, U16(5080)),
            Chunk(9, U32(seconds)),
            Chunk(10, U32(7)),
            Chunk(11, [type]),
            Chunk(compressed ? 16 : 15, payload)
        );
        return Join("HEP3"u8.ToArray(), U16(6 + chunks.Length), chunks);
    }
}
