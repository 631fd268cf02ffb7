using System.IO.Compression;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Capture.Files;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class ByteSourceTests
{
    // None, less than a block, exactly blocks of some size, and more than are read ahead.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(100_000, false)]
    [InlineData(1 << 18, false)]
    [InlineData(1 << 19, true)]
    [InlineData(5_000_000, false)]
    [InlineData(5_000_000, true)]
    public void Bytes_arrive_whole_and_in_order_in_steps_of_any_size(int length, bool isCompressed)
    {
        var bytes = Some(length);
        using var source = new ByteSource(new Slow(isCompressed ? Packed(bytes) : bytes), new ReadAheadRoom());
        var random = new Random(length);
        var got = new MemoryStream();
        while (source.Ensure(1))
        {
            source.Offset.ShouldBe(got.Length);
            var step = random.Next(20) == 0 ? random.Next(1, 700_000) : random.Next(1, 3_000);
            var whole = source.Ensure(step);
            whole.ShouldBe(length - got.Length >= step);
            var taken = Math.Min(step, source.Available.Length);
            got.Write(source.Available[..taken]);
            source.Advance(taken);
        }

        got.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        source.Fault.ShouldBeNull();
        source.IsAddressable.ShouldBe(!isCompressed);
    }

    [Fact]
    public void More_than_a_block_can_be_asked_for_again_and_again()
    {
        var bytes = Some(6_000_000);
        using var source = new ByteSource(new MemoryStream(bytes), new ReadAheadRoom());
        for (var at = 0; at + 1_500_000 <= bytes.Length; at += 700_000)
        {
            source.Ensure(1_500_000).ShouldBeTrue();
            source.Available[..1_500_000].SequenceEqual(bytes.AsSpan(at, 1_500_000)).ShouldBeTrue();
            source.Skip(700_000).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_the_medium_throws_ends_the_input_with_a_fault_and_what_came_before_is_read()
    {
        using var source = new ByteSource(
            new Slow(Some(3_000_000)) { Fails = new IOException("gone") },
            new ReadAheadRoom()
        );
        source.Skip(3_000_000).ShouldBeTrue();
        source.Ensure(1).ShouldBeFalse();
        source.Fault.ShouldBe(DamageKind.Unreadable);
    }

    [Fact]
    public void What_nobody_foresaw_is_thrown_where_the_reading_began()
    {
        using var source = new ByteSource(
            new Slow(Some(3_000_000)) { Fails = new NotSupportedException() },
            new ReadAheadRoom()
        );
        Should.Throw<NotSupportedException>(() => source.Skip(4_000_000));
    }

    [Fact]
    public void A_reading_that_is_given_up_leaves_no_thread_waiting()
    {
        var room = new ReadAheadRoom();
        for (var i = 0; i < 20; i++)
        {
            using var source = new ByteSource(new MemoryStream(Some(4_000_000)), room);
            source.Ensure(600_000).ShouldBeTrue();
        }

        // Each gave its place back: the one more is read ahead as well, or not at all on one processor.
        room.TryTake().ShouldBe(Environment.ProcessorCount > 1);
    }

    private static byte[] Some(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    // Gives what it has in small parts, and then ends or fails.
    private sealed class Slow(byte[] bytes) : MemoryStream(bytes)
    {
        public Exception? Fails { get; init; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, Math.Min(count, 60_000));
            return read > 0 || Fails is null ? read : throw Fails;
        }
    }
}
