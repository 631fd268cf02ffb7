using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class PacketQueueTests
{
    // Beyond those that go straight to the sink: more packets than are under way at a time.
    private const int Many = PacketQueue.Straight + 6_000;

    [Fact]
    public void Packets_pass_whole_and_in_order()
    {
        var straight = new Witness();
        var queued = new Witness();
        using var queue = new PacketQueue(queued);

        Deliver(straight, Many);
        Deliver(queue, Many);
        queue.Finish();

        queued.Seen.Count.ShouldBe(Many);
        queued.Seen.SequenceEqual(straight.Seen).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(PacketQueue.Straight)]
    [InlineData(PacketQueue.Straight + 1)]
    public void However_few_packets_there_are_all_pass(int packets)
    {
        var witness = new Witness();
        using var queue = new PacketQueue(witness);

        Deliver(queue, packets);
        queue.Finish();

        witness.Seen.Count.ShouldBe(packets);
    }

    [Theory]
    [InlineData(0x80, 0x00, 500, true)] // PCMU
    [InlineData(0x80, 0x88, 500, true)] // PCMA, marked
    [InlineData(0x80, 0x60, 500, true)]
    [InlineData(0x80, 0x00, 0, false)] // Nowhere to be read again.
    [InlineData(0x80, 0xC8, 500, false)] // RTCP
    [InlineData(0x16, 0x00, 500, false)] // DTLS
    public void Of_RTP_that_can_be_read_again_the_head_passes_with_its_loudness(
        byte first,
        byte second,
        long offset,
        bool cut
    )
    {
        var bytes = new byte[172];
        new Random(2).NextBytes(bytes);
        (bytes[0], bytes[1], bytes[3]) = (first, second, 2);
        var witness = new Witness();
        using var queue = new PacketQueue(witness);

        for (var i = 0; i <= PacketQueue.Straight; i++)
        {
            queue.OnDatagram(new CapturedPacket { Offset = offset, Payload = bytes });
        }

        queue.Finish();

        witness.Lengths[^1].ShouldBe((cut ? 16 : 172, 172));
        if (cut)
        {
            witness.Loudness.ShouldBe(G711Loudness.OfPacket(bytes));
            witness.Loudness.ShouldBe(second == 0x60 ? -1 : G711Loudness.Of(second == 0x88, bytes.AsSpan(12)));
        }
    }

    [Fact]
    public void What_the_sink_throws_reaches_who_brought_the_packets()
    {
        using var queue = new PacketQueue(new Witness { FailsAt = PacketQueue.Straight + 100 });

        Should
            .Throw<InvalidOperationException>(() =>
            {
                Deliver(queue, Many);
                queue.Finish();
            })
            .Message.ShouldBe("told");
    }

    [Fact]
    public void A_reading_that_breaks_off_leaves_no_thread_behind()
    {
        var witness = new Witness();
        var queue = new PacketQueue(witness);

        Deliver(queue, Many);
        queue.Dispose();
        var seen = witness.Seen.Count;

        seen.ShouldBeLessThanOrEqualTo(Many);
        witness.Seen.Count.ShouldBe(seen);
    }

    // Of every kind and many lengths, one far longer than what is handed over at a time.
    private static void Deliver(ICaptureSink sink, int packets)
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        for (var i = 0; i < packets; i++)
        {
            var length = i == PacketQueue.Straight + 3_000 ? bytes.Length : i * 7 % 1_500;
            var packet = new CapturedPacket
            {
                Frame = i + 1,
                Time = 1_000_000L * i,
                Input = i % 3,
                Source = PacketAddress.Of([10, 0, (byte)(i >> 8), (byte)i], (ushort)i),
                Destination = PacketAddress.Of(bytes.AsSpan(i % 1_000, 16), (ushort)(i + 1)),
                Transport = (PacketTransport)(i % 7),
                Origin = (PacketOrigin)(i % 3),
                Dscp = (byte)(i % 64),
                Truncated = i % 5 == 0,
                Offset = i * 250L,
                Payload = bytes.AsSpan(0, length),
            };
            switch (i % 11)
            {
                case 0:
                    sink.OnSip(packet);
                    break;
                case 1:
                    sink.OnUnreachable(packet);
                    break;
                default:
                    sink.OnDatagram(packet);
                    break;
            }
        }
    }

    private sealed class Witness : ICaptureSink
    {
        public List<string> Seen { get; } = [];

        public List<(int Here, int Whole)> Lengths { get; } = [];

        public long Loudness { get; private set; }

        public int FailsAt { get; init; } = -1;

        public void OnSip(in CapturedPacket packet) => Add("sip", packet);

        public void OnDatagram(in CapturedPacket packet) => Add("datagram", packet);

        public void OnUnreachable(in CapturedPacket packet) => Add("unreachable", packet);

        private void Add(string kind, in CapturedPacket packet)
        {
            if (Seen.Count == FailsAt)
            {
                throw new InvalidOperationException("told");
            }

            Lengths.Add((packet.Payload.Length, packet.Length));
            Loudness = packet.Loudness;
            var hash = new HashCode();
            hash.AddBytes(packet.Payload);
            Seen.Add(
                $"{kind} {packet.Frame} {packet.Time} {packet.Input} {packet.Source} {packet.Destination} {packet.Transport} {packet.Origin} {packet.Dscp} {packet.Truncated} {packet.Offset} {packet.Payload.Length} {hash.ToHashCode()}"
            );
        }
    }
}
