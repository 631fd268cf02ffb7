using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Playout;

public sealed class JitterBufferTests
{
    private readonly JitterBuffer _buffer = new();

    [Fact]
    public void Packets_in_any_order_and_doubled_come_out_in_order_and_once()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            _buffer.Clear();
            // Beginning anywhere, so that many runs cross the wrap of the sequence.
            var first = (ushort)(seed % 2 == 0 ? random.Next(1 << 16) : 65_500 + random.Next(36));
            var packets = Enumerable
                .Range(0, 300)
                .SelectMany(i => Enumerable.Repeat(i, random.Next(4) == 0 ? 2 : 1).Select(n => (Number: i, Copy: n)))
                .OrderBy(packet => packet.Number + random.Next(30))
                .ToList();
            var heard = new List<int>();
            foreach (var (number, _) in packets)
            {
                Put(first + number, number)
                    .ShouldBeOneOf(JitterBufferPut.Kept, JitterBufferPut.Duplicate, JitterBufferPut.Late);
                // Whoever plays waits for as long as packets may be late.
                while (_buffer.Count > 30 && _buffer.HasNext)
                {
                    heard.Add(Take());
                }
            }
            while (_buffer.HasNext)
            {
                heard.Add(Take());
            }
            heard.ShouldBe(Enumerable.Range(0, 300), $"seed {seed}");
        }
    }

    [Fact]
    public void A_packet_whose_turn_is_over_is_late_and_one_that_is_there_a_duplicate()
    {
        Put(10, 0);
        Put(12, 2);
        Put(12, 2).ShouldBe(JitterBufferPut.Duplicate);
        Take().ShouldBe(0);
        _buffer.HasNext.ShouldBeFalse();
        _buffer.Advance();
        Put(11, 1).ShouldBe(JitterBufferPut.Late);
        Take().ShouldBe(2);
        _buffer.Count.ShouldBe(0);
    }

    [Fact]
    public void Before_anything_is_played_the_first_packet_may_be_a_later_one()
    {
        Put(0, 2);
        Put(65_534, 0);
        Put(65_535, 1);
        new[] { Take(), Take(), Take() }.ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(-5_000)]
    [InlineData(JitterBuffer.Capacity)]
    public void A_jump_begins_anew_and_what_waits_is_bounded(int jump)
    {
        for (var i = 0; i < JitterBuffer.Capacity; i++)
        {
            Put(20_000 + i, i).ShouldBe(JitterBufferPut.Kept);
        }
        _buffer.Count.ShouldBe(JitterBuffer.Capacity);
        Put(20_000 + jump, 77).ShouldBe(JitterBufferPut.Restarted);
        _buffer.Count.ShouldBe(1);
        Take().ShouldBe(77);
    }

    [Fact]
    public void A_packet_without_audio_keeps_its_place_and_longer_packets_disturb_none_that_wait()
    {
        Put(1, 1);
        _buffer.Put(Header(2), default, TimeSpan.Zero);
        _buffer.Put(Header(3), new byte[1_000], TimeSpan.Zero);
        Take().ShouldBe(1);
        _buffer.Payload.IsEmpty.ShouldBeTrue();
        _buffer.Advance();
        _buffer.Payload.Length.ShouldBe(1_000);
    }

    private JitterBufferPut Put(int sequence, int content) =>
        _buffer.Put(Header(sequence), BitConverter.GetBytes(content), TimeSpan.Zero);

    private int Take()
    {
        _buffer.HasNext.ShouldBeTrue();
        var content = BitConverter.ToInt32(_buffer.Payload);
        _buffer.Advance();
        return content;
    }

    private static RtpHeader Header(int sequence) => new(0, false, (ushort)sequence, 0, 1);
}
