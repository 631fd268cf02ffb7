using System.IO.Compression;
using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class FileFormatTests
{
    private static readonly byte[] Frame = UdpFrame(Options);

    [Theory]
    [InlineData(0xA1B2C3D4, false, 123_456_000)]
    [InlineData(0xA1B2C3D4, true, 123_456_000)]
    [InlineData(0xA1B23C4D, false, 123_456)]
    [InlineData(0xA1B23C4D, true, 123_456)]
    [InlineData(0xA1B2CD34, false, 123_456_000)]
    [InlineData(0xA1B2CD34, true, 123_456_000)]
    public void Every_kind_of_pcap_is_read(uint magic, bool bigEndian, long fraction)
    {
        byte[] N(uint value)
        {
            var bytes = U32(value);
            return bigEndian ? bytes : [.. bytes.Reverse()];
        }

        var modified = magic == 0xA1B2CD34 ? new byte[8] : [];
        var file = Join(
            N(magic),
            new byte[16],
            N(1),
            N(1_700_000_000),
            N(123_456),
            N((uint)Frame.Length),
            N((uint)Frame.Length),
            modified,
            Frame
        );
        var message = CollectingSink.Read(file).Messages.ShouldHaveSingleItem();
        message.Time.ShouldBe(1_700_000_000_000_000_000 + fraction);
    }

    [Fact]
    public void A_gzipped_capture_is_read()
    {
        CollectingSink.Read(Gzip(Pcap(1, Frame, Frame))).Messages.Count.ShouldBe(2);
    }

    [Fact]
    public void Of_a_damaged_gzip_what_comes_out_is_read()
    {
        var whole = Gzip(
            Pcap(1, [.. Enumerable.Range(0, 500).Select(i => UdpFrame(Message($"OPTIONS sip:{i} SIP/2.0", "")))])
        );
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", whole[..(whole.Length / 2)]));
        sink.Messages.Count.ShouldBeInRange(1, 499);
        outcome.Damage.ShouldNotBeEmpty();
    }

    [Fact]
    public void Interfaces_of_one_section_have_clocks_and_links_of_their_own()
    {
        var file = Join(
            SectionHeader(),
            Interface(1),
            Interface(101, [9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]),
            Interface(1, [9, 0, 1, 0, 0x8A, 0, 0, 0, 14, 0, 8, 0, 100, 0, 0, 0, 0, 0, 0, 0]),
            EnhancedPacket(1, 1_700_000_000_000_000_123, IPv4(17, Udp(Options), id: 2)),
            EnhancedPacket(0, 1_700_000_000_000_456, Frame),
            EnhancedPacket(2, 1_700_000_000UL << 10, Frame)
        );
        CollectingSink
            .Read(file)
            .Messages.Select(m => m.Time)
            .ShouldBe([1_700_000_000_000_000_123, 1_700_000_000_000_456_000, 1_700_000_100_000_000_000]);
    }

    [Fact]
    public void A_new_section_forgets_the_interfaces_of_the_one_before()
    {
        var file = Join(
            SectionHeader(),
            Interface(1),
            EnhancedPacket(0, 1, Frame),
            SectionHeader(),
            EnhancedPacket(0, 2, Frame)
        );
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", file));
        sink.Messages.Count.ShouldBe(1);
        outcome.Damage.ShouldHaveSingleItem().Kind.ShouldBe(DamageKind.UnknownInterface);
    }

    [Fact]
    public void A_simple_packet_block_and_unknown_blocks_are_no_trouble()
    {
        var simple = Block(3, Join(BitConverter.GetBytes(Frame.Length), Frame));
        var file = Join(SectionHeader(), Interface(1), Block(0x0BAD, new byte[40]), simple);
        CollectingSink.Read(file).Messages.Count.ShouldBe(1);
    }

    [Fact]
    public void Several_inputs_are_merged_by_time()
    {
        var early = Join(SectionHeader(), Interface(1), Packet(1, "a"), Packet(4, "d"));
        var late = Join(SectionHeader(), Interface(1), Packet(2, "b"), Packet(3, "c"));
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("2", late), CaptureInput.Bytes("1", early));
        sink.Messages.Select(m => m.StartLine[12]).ShouldBe("abcd");
        sink.Messages.Select(m => m.Frame).ShouldBe([1L, 2, 3, 4]);
        outcome.Frames.ShouldBe(4);

        static byte[] Packet(ulong time, string user) =>
            EnhancedPacket(0, time, UdpFrame(Message($"OPTIONS sip:{user} SIP/2.0", "")));
    }

    [Fact]
    public void A_damaged_record_is_named_by_its_offset_and_the_rest_is_read()
    {
        var file = Pcap(1, Frame, Frame, Frame);
        var second = 24 + 16 + Frame.Length;
        BitConverter.GetBytes(0x7FFFFFFF).CopyTo(file, second + 8);
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", file));
        sink.Messages.Count.ShouldBe(2);
        outcome.Damage.ShouldBe([new CaptureDamage(0, second, DamageKind.ImpossibleLength)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no capture at all")]
    [InlineData("\u001f\u008b rubbish")]
    public void What_is_no_capture_is_an_outcome(string text)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", bytes));
        sink.Messages.ShouldBeEmpty();
        outcome.AnythingRead.ShouldBeFalse();
        outcome.Damage.ShouldNotBeEmpty();
        outcome.Formats.ShouldBe([CaptureFormat.Unknown]);
    }

    [Fact]
    public void A_missing_file_is_an_outcome()
    {
        _ = CollectingSink.Read(out var outcome, CaptureInput.File("/nowhere/at/all.pcap"));
        outcome.Damage.ShouldBe([new CaptureDamage(0, 0, DamageKind.Unreadable)]);
    }

    [Fact]
    public void A_link_type_that_is_not_known_is_told_once()
    {
        _ = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Pcap(147, Frame, Frame)));
        outcome.Damage.ShouldBe([new CaptureDamage(0, 0, DamageKind.UnknownLinkType)]);
    }

    [Fact]
    public void A_link_type_that_is_not_known_is_told_of_its_input_alone()
    {
        _ = CollectingSink.Read(
            out var outcome,
            CaptureInput.Bytes("strange", Pcap(147, Frame)),
            CaptureInput.Bytes("usual", Pcap(1, Frame, Frame))
        );
        outcome.Damage.ShouldBe([new CaptureDamage(0, 0, DamageKind.UnknownLinkType)]);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
