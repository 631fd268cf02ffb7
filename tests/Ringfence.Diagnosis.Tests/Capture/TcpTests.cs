using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Tests.Live;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class TcpTests
{
    private const byte Syn = 0x02;
    private static readonly byte[] First = Message("INVITE sip:one@example.org SIP/2.0", "v=0\r\n", "1");
    private static readonly byte[] Second = Message("INVITE sip:two@example.org SIP/2.0", "", "2");
    private static readonly byte[] Stream = Join(First, Second);

    public static TheoryData<int> Sizes() => [1, 2, 3, 7, 50, 333, 1_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Messages_over_segments_and_several_in_one_are_cut_by_their_length(int size)
    {
        var frames = Frames(Stream, size, start: 100);
        Lines(Read(frames)).ShouldBe(["one", "two"]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Segments_in_reverse_are_put_in_order(int size)
    {
        var frames = Frames(Stream, Math.Max(size, 5), start: 100);
        byte[][] reversed = [frames[0], .. frames.Skip(1).Reverse()];
        Lines(Read(reversed)).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void A_sequence_number_may_pass_its_end()
    {
        Lines(Read(Frames(Stream, 40, start: uint.MaxValue - 100))).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void What_was_sent_twice_is_delivered_once()
    {
        var frames = Frames(Stream, 100, start: 5);
        byte[][] twice = [frames[0], .. frames.Skip(1).SelectMany(f => new[] { f, f })];
        Lines(Read(twice)).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Overlapping_segments_are_read_once()
    {
        var sink = Read(
            TcpFrame(99, [], Syn),
            TcpFrame(100, Stream[..200]),
            TcpFrame(150, Stream[50..300]),
            TcpFrame(250, Stream[150..])
        );
        Lines(sink).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Without_the_beginning_the_first_whole_message_is_found()
    {
        var sink = Read(TcpFrame(5_000, First[60..]), TcpFrame(5_000 + (uint)First.Length - 60, Second));
        Lines(sink).ShouldBe(["two"]);
    }

    [Fact]
    public void A_lost_segment_costs_the_messages_it_was_part_of_and_no_more()
    {
        var sink = CollectingSink.Read(
            out var outcome,
            CaptureInput.Bytes(
                "x",
                Pcap(
                    1,
                    TcpFrame(99, [], Syn),
                    TcpFrame(100, First[..100]),
                    TcpFrame(100 + (uint)First.Length, Second),
                    TcpFrame(100 + (uint)Stream.Length, Second)
                )
            )
        );
        Lines(sink).ShouldBe(["two", "two"]);
        outcome.StreamGaps.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_agent_that_reports_over_tcp_is_read(int size)
    {
        var stream = Join(AgentPacket.Of(1, First), AgentPacket.Of(2, Second));
        var sink = Read(Frames(stream, size, start: 100));
        Lines(sink).ShouldBe(["one", "two"]);
        sink.Messages.ShouldAllBe(m => m.Source.ToString() == "192.0.2.10:5060");
    }

    [Fact]
    public void Keep_alives_between_messages_are_passed_over()
    {
        var stream = Join("\r\n\r\n"u8.ToArray(), First, "\r\n\r\n"u8.ToArray(), Second, "\r\n"u8.ToArray());
        Lines(Read(Frames(stream, 9, start: 1))).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void A_compact_or_missing_content_length_is_understood()
    {
        var compact = System.Text.Encoding.ASCII.GetBytes("BYE sip:three@example.org SIP/2.0\r\nl : 3\r\n\r\nabc");
        var missing = System.Text.Encoding.ASCII.GetBytes("BYE sip:four@example.org SIP/2.0\r\ni: 1\r\n\r\n");
        Lines(Read(Frames(Join(compact, missing, First), 10_000, start: 1))).ShouldBe(["three", "four", "one"]);
    }

    [Fact]
    public void A_connection_used_again_begins_anew()
    {
        byte[][] frames = [.. Frames(First, 100, start: 100), .. Frames(Second, 100, start: 7_000_000)];
        Lines(Read(frames)).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void More_connections_than_the_limit_push_out_the_oldest()
    {
        var frames = Enumerable
            .Range(0, 500)
            .Select(i => Ethernet(IPv4Type, IPv4(6, Tcp(1, First, from: 10_000 + i))))
            .ToArray();
        var sink = CollectingSink.Read(Pcap(1, frames), new CaptureOptions { MaxTcpDirections = 20 });
        sink.Messages.Count.ShouldBe(500);
    }

    [Fact]
    public void A_message_longer_than_the_limit_is_dropped()
    {
        var huge = Message("MESSAGE sip:huge@example.org SIP/2.0", new string('x', 50_000));
        var options = new CaptureOptions { MaxStreamBytes = 10_000 };
        var sink = CollectingSink.Read(Pcap(1, Frames(Join(huge, First), 1_000, start: 1)), options);
        sink.Messages.ShouldAllBe(m => !m.Text.Contains("huge"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WebSocket_messages_are_unmasked_and_joined(bool upgradeSeen)
    {
        var upgrade = "GET / HTTP/1.1\r\nUpgrade: WebSocket\r\nSec-WebSocket-Protocol: sip\r\n\r\n"u8.ToArray();
        var frames = Join(Frame(0x81, First), Frame(0x89, [1]), Frame(0x01, Second[..50]), Frame(0x80, Second[50..]));
        var sink = upgradeSeen ? Read(Frames(Join(upgrade, frames), 70, start: 1)) : Read(TcpFrame(77, frames));
        Lines(sink).ShouldBe(["one", "two"]);
        sink.Messages.ShouldAllBe(m => m.Transport == PacketTransport.WebSocket);
    }

    [Fact]
    public void Sctp_chunks_are_unbundled_and_joined()
    {
        static byte[] Chunk(byte flags, uint number, byte[] user) =>
            Join(
                [0, flags],
                U16(16 + user.Length),
                U32(number),
                U16(1),
                U16(0),
                U32(0),
                user,
                new byte[-user.Length & 3]
            );
        byte[] Packet(params byte[][] chunks) =>
            Ethernet(IPv4Type, IPv4(132, Join(U16(5060), U16(5060), U32(9), U32(0), Join(chunks))));
        var sink = Read(
            Packet(Chunk(3, 1, First), Chunk(2, 2, Second[..99])),
            Packet(Chunk(0, 3, Second[99..150])),
            Packet(Chunk(1, 4, Second[150..]))
        );
        Lines(sink).ShouldBe(["one", "two"]);
        sink.Messages.ShouldAllBe(m => m.Transport == PacketTransport.Sctp);
    }

    private static byte[] Frame(byte first, byte[] body)
    {
        byte[] mask = [9, 8, 7, 6];
        byte[] length = body.Length < 126 ? [(byte)(0x80 | body.Length)] : [0xFE, .. U16(body.Length)];
        return Join([first], length, mask, [.. body.Select((b, i) => (byte)(b ^ mask[i & 3]))]);
    }

    private static byte[][] Frames(byte[] stream, int size, uint start) =>
        [
            TcpFrame(unchecked(start - 1), [], Syn),
            .. stream.Chunk(size).Select((part, i) => TcpFrame(unchecked(start + (uint)(i * size)), part)),
        ];

    private static CollectingSink Read(params byte[][] frames) => CollectingSink.Read(Pcap(1, frames));

    private static IEnumerable<string> Lines(CollectingSink sink) =>
        sink.Messages.Select(m => m.StartLine[(m.StartLine.IndexOf(':') + 1)..m.StartLine.IndexOf('@')]);
}
