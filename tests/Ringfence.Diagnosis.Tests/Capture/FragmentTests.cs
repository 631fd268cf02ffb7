using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class FragmentTests
{
    private static readonly byte[] Large = Udp(Message("MESSAGE sip:b@example.org SIP/2.0", new string('x', 3_000)));

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    public void Fragments_come_together_in_any_order(int first, int second, int third)
    {
        var parts = Parts4(Large, 1_200);
        var sink = CollectingSink.Read(Pcap(101, parts[first], parts[second], parts[third]));
        sink.Messages.ShouldHaveSingleItem().Text.Length.ShouldBe(Large.Length - 8);
        sink.Messages[0].Truncated.ShouldBeFalse();
        sink.Messages[0].Frame.ShouldBe(3);
    }

    [Fact]
    public void Overlapping_and_repeated_fragments_change_nothing()
    {
        var parts = Parts4(Large, 1_200);
        var overlap = IPv4(17, Enumerable.Repeat((byte)'!', 800).ToArray(), fragment: 0x2000 | (400 / 8));
        var sink = CollectingSink.Read(Pcap(101, parts[0], overlap, parts[1], parts[1], parts[2]));
        sink.Messages.ShouldHaveSingleItem().Text.ShouldEndWith(new string('x', 2_500));
        sink.Messages[0].Text[..1_100].ShouldNotContain("!");
    }

    [Fact]
    public void IPv6_fragments_come_together()
    {
        var half = 1_600;
        byte[] Part(int offset, bool more, byte[] part) =>
            IPv6(44, Join([17, 0], U16(offset | (more ? 1 : 0)), U32(77), part));
        var sink = CollectingSink.Read(Pcap(101, Part(half, false, Large[half..]), Part(0, true, Large[..half])));
        sink.Messages.ShouldHaveSingleItem().Source.ToString().ShouldBe("[2001:db8::1]:5060");
    }

    [Fact]
    public void A_first_fragment_alone_is_delivered_as_cut()
    {
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Pcap(101, Parts4(Large, 1_200)[0])));
        sink.Messages.ShouldHaveSingleItem().Truncated.ShouldBeTrue();
        outcome.LostFragments.ShouldBe(1);
    }

    [Fact]
    public void A_flood_of_first_fragments_is_forgotten_oldest_first()
    {
        var parts = Enumerable.Range(0, 5_000).Select(id => IPv4(17, Large[..800], id: id, fragment: 0x2000)).ToArray();
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Pcap(101, parts)));
        outcome.LostFragments.ShouldBe(5_000);
        sink.Messages.Count.ShouldBe(5_000);
    }

    private static byte[][] Parts4(byte[] datagram, int size) =>
        [
            .. datagram
                .Chunk(size)
                .Select(
                    (part, i) =>
                        IPv4(17, part, fragment: ((i * size) / 8) | ((i + 1) * size < datagram.Length ? 0x2000 : 0))
                ),
        ];
}
