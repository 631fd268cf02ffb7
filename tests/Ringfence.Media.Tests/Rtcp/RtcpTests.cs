using Ringfence.Media.Codecs;
using Ringfence.Media.Rtcp;

namespace Ringfence.Media.Tests.Rtcp;

public sealed class RtcpTests
{
    private static readonly RtcpPacket Sample = new()
    {
        Ssrc = 0xCAFE,
        Sender = new SenderInfo(0x0123456789ABCDEF, 1600, 10, 1600),
        Reports =
        [
            new ReportBlock(7, 128, -3, 0x10005, 12, 0x456789AB, 65536),
            new ReportBlock(8, 0, 70000, 9, 1, 0, 0),
        ],
        Name = "edge@example",
        IsGoodbye = true,
    };

    [Fact]
    public void What_is_written_is_read()
    {
        var octets = Written(Sample);
        (octets.Length % 4).ShouldBe(0);
        RtcpPacket.Read(octets, out var read).ShouldBe(RtcpFault.None);
        read!.Reports.ShouldBe(Sample.Reports);
        (read with { Reports = Sample.Reports }).ShouldBe(Sample);
    }

    [Fact]
    public void Names_of_every_length_are_padded_and_ended()
    {
        for (var length = 0; length <= 255; length++)
        {
            var packet = new RtcpPacket { Ssrc = 1, Name = new string('n', length) };
            RtcpPacket.Read(Written(packet), out var read).ShouldBe(RtcpFault.None);
            read!.Name.ShouldBe(packet.Name);
        }
        Should.Throw<ArgumentException>(() => Written(new RtcpPacket { Ssrc = 1, Name = new string('n', 256) }));
        Should.Throw<ArgumentException>(() => Written(new RtcpPacket { Ssrc = 1, Reports = [.. new ReportBlock[32]] }));
    }

    [Theory]
    [InlineData("", RtcpFault.Length)]
    [InlineData("80C90001000000", RtcpFault.Length)]
    [InlineData("80CB0001 00000001", RtcpFault.First)]
    [InlineData("40C90001 00000001", RtcpFault.Version)]
    [InlineData("80C90002 00000001", RtcpFault.Truncated)]
    [InlineData("81C90001 00000001", RtcpFault.Truncated)]
    [InlineData("80C80001 00000001", RtcpFault.Truncated)]
    [InlineData("80C90001 00000001 82CB0001 00000001", RtcpFault.Truncated)]
    public void What_is_no_compound_packet_is_a_fault(string hex, RtcpFault fault)
    {
        var octets = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        RtcpPacket.Read(octets, out var packet).ShouldBe(fault);
        packet.ShouldBeNull();
    }

    [Fact]
    public void Unknown_parts_are_passed_over_and_many_are_a_fault()
    {
        byte[] report = [0x80, 201, 0, 1, 0, 0, 0, 1];
        byte[] unknown = [0x80, 210, 0, 0];
        RtcpPacket.Read([.. report, .. unknown], out _).ShouldBe(RtcpFault.None);
        var many = Enumerable.Repeat(unknown, RtcpPacket.MaxParts).SelectMany(part => part);
        RtcpPacket.Read([.. report, .. many], out _).ShouldBe(RtcpFault.TooManyParts);
    }

    [Fact]
    public void Every_cut_and_random_damage_are_an_outcome()
    {
        var whole = Written(Sample);
        var random = new Random(6);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = whole[..(4 * random.Next(whole.Length / 4 + 1))];
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            var fault = RtcpPacket.Read(damaged, out var packet);
            (packet is null).ShouldBe(fault != RtcpFault.None);
        }
    }

    [Fact]
    public void Round_trip_is_that_of_the_example_in_section_6_4_1()
    {
        // RFC 3550 figure 2: A = 46864.500, LSR = 46853.125, DLSR = 5.250 s, delay 6.125 s.
        var block = new ReportBlock(1, 0, 0, 0, 0, 0xB705_2000, 0x0005_4000);
        block.RoundTrip(0xB710_8000).ShouldBe(TimeSpan.FromSeconds(6.125));
        (block with { LastSenderReport = 0 }).RoundTrip(0xB710_8000).ShouldBeNull();
        block.RoundTrip(0xB705_0000).ShouldBeNull();
    }

    [Fact]
    public void Ntp_counts_from_1900()
    {
        SenderInfo.Ntp(DateTimeOffset.UnixEpoch).ShouldBe(2_208_988_800UL << 32);
        SenderInfo.Ntp(DateTimeOffset.UnixEpoch.AddMilliseconds(500)).ShouldBe((2_208_988_800UL << 32) | 0x8000_0000);
        new SenderInfo(0x0123456789ABCDEF, 0, 0, 0).MiddleOfNtp.ShouldBe(0x456789ABu);
    }

    [Theory]
    [InlineData(0, 0, 4.41)]
    [InlineData(150, 0, 4.33)]
    [InlineData(20, 1, 4.33)]
    [InlineData(20, 5, 3.91)]
    [InlineData(400, 20, 1.17)]
    [InlineData(5000, 100, 1)]
    public void Delay_and_loss_take_away_from_the_score(int delay, double loss, double score) =>
        CallQuality
            .MeanOpinionScore(CallQuality.Rating(TimeSpan.FromMilliseconds(delay), loss, CodecImpairment.G711))
            .ShouldBe(score, 0.03);

    [Fact]
    public void Each_encoding_costs_what_G_113_says()
    {
        static double Score(CodecImpairment codec, double loss) =>
            CallQuality.MeanOpinionScore(CallQuality.Rating(default, loss, codec));

        var g729 = CodecImpairment.Of(new AudioFormat("g729", 8000))!.Value;
        Score(g729, 0).ShouldBe(4.11, 0.02);
        Score(g729, 2).ShouldBe(3.8, 0.05);
        CodecImpairment.Of(AudioFormat.Pcma).ShouldBe(CodecImpairment.G711);
        CodecImpairment.Of(new AudioFormat("GSM", 8000)).ShouldBeNull();
    }

    private static byte[] Written(RtcpPacket packet)
    {
        var datagram = new byte[1500];
        return datagram[..packet.Write(datagram)];
    }
}
