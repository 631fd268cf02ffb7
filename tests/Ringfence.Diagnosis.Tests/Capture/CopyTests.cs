using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>The same packet captured at several places counts once; the same packet twice at one place is what was sent.</summary>
public sealed class CopyTests
{
    private static readonly byte[] Packet = IPv4(17, Udp(Message("OPTIONS sip:b@x SIP/2.0", "")));
    private static readonly byte[] Frame = Ethernet(IPv4Type, Packet);

    [Fact]
    public void On_two_interfaces_it_counts_once()
    {
        var sink = CollectingSink.Read(out var outcome, Section((0, 0, Frame), (1, 20, Frame)));
        sink.Messages.ShouldHaveSingleItem();
        (outcome.Frames, outcome.Copies).ShouldBe((2, 1));
    }

    [Fact]
    public void In_two_files_it_counts_once()
    {
        CollectingSink
            .Read(out var outcome, CaptureInput.Bytes("a", Pcap(1, Frame)), CaptureInput.Bytes("b", Pcap(101, Packet)))
            .Messages.ShouldHaveSingleItem();
        outcome.Copies.ShouldBe(1);
    }

    [Fact]
    public void A_router_between_the_two_places_does_not_matter()
    {
        var routed = (byte[])Packet.Clone();
        routed[8]--;
        BinaryPrimitives.WriteUInt16BigEndian(routed.AsSpan(10), 0x1234);
        CollectingSink
            .Read(out _, Section((0, 0, Frame), (1, 20, Ethernet(IPv4Type, routed))))
            .Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public void Twice_on_one_interface_it_was_sent_twice() =>
        CollectingSink.Read(out _, Section((0, 0, Frame), (0, 20, Frame))).Messages.Count.ShouldBe(2);

    [Fact]
    public void After_half_a_second_it_was_sent_again() =>
        CollectingSink.Read(out _, Section((0, 0, Frame), (1, 500_000, Frame))).Messages.Count.ShouldBe(2);

    [Fact]
    public void Sent_again_and_captured_twice_it_counts_twice() =>
        CollectingSink
            .Read(out _, Section((0, 0, Frame), (1, 20, Frame), (0, 500_000, Frame), (1, 500_020, Frame)))
            .Messages.Count.ShouldBe(2);

    private static CaptureInput Section(params (int Interface, ulong Micros, byte[] Frame)[] frames) =>
        CaptureInput.Bytes(
            "x",
            Join([
                SectionHeader(),
                Interface(1),
                Interface(1),
                .. frames.Select(frame => EnhancedPacket(frame.Interface, frame.Micros, frame.Frame)),
            ])
        );
}
