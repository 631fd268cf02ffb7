using System.Globalization;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class PipelineTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_024)]
    [InlineData(20_000)]
    public void What_goes_to_another_core_arrives_whole_and_in_order(int packets)
    {
        var (direct, other) = (new Noted(), new Noted());
        Send(direct, packets);
        using (var pipeline = new PacketPipeline(other))
        {
            Send(pipeline, packets);
            pipeline.Complete();
        }

        other.Lines.ShouldBe(direct.Lines);
    }

    [Fact]
    public void What_the_other_side_throws_is_thrown_where_the_reading_began()
    {
        using var pipeline = new PacketPipeline(new Noted { FailsAt = 2_000 });
        Send(pipeline, 20_000);
        Should.Throw<InvalidOperationException>(pipeline.Complete);
    }

    [Fact]
    public void A_reading_that_is_given_up_leaves_no_thread_waiting()
    {
        var noted = new Noted();
        var pipeline = new PacketPipeline(noted);
        Send(pipeline, 5_000);
        pipeline.Dispose();
        noted.Lines.Count.ShouldBeInRange(1, 5_000);
    }

    // Payloads from nothing to more than a batch holds.
    private static void Send(ICaptureSink sink, int packets)
    {
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        for (var i = 0; i < packets; i++)
        {
            var packet = new CapturedPacket
            {
                Frame = i + 1,
                Time = i * 1_000L,
                Input = i % 3,
                Source = new PacketAddress((UInt128)(i + 7), (ushort)i),
                Destination = new PacketAddress((UInt128)(i + 9), 5060),
                Transport = (PacketTransport)(i % 3),
                Origin = (PacketOrigin)(i % 2),
                Dscp = (byte)(i % 64),
                Truncated = i % 5 == 0,
                Payload = bytes.AsSpan(i % 100, i == 700 ? 200_000 : i * 31 % 1_500),
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

    private sealed class Noted : ICaptureSink
    {
        public List<string> Lines { get; } = [];

        public int FailsAt { get; init; } = int.MaxValue;

        public void OnSip(in CapturedPacket packet) => Note("SIP", packet);

        public void OnDatagram(in CapturedPacket packet) => Note("datagram", packet);

        public void OnUnreachable(in CapturedPacket packet) => Note("unreachable", packet);

        private void Note(string kind, in CapturedPacket packet)
        {
            if (Lines.Count == FailsAt)
            {
                throw new InvalidOperationException("Two thousand are enough.");
            }

            var hash = new HashCode();
            hash.AddBytes(packet.Payload);
            Lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind} {packet.Frame} {packet.Time} {packet.Input} {packet.Source} {packet.Destination} {packet.Transport} {packet.Origin} {packet.Dscp} {packet.Truncated} {packet.Payload.Length} {hash.ToHashCode()}"
                )
            );
        }
    }
}
