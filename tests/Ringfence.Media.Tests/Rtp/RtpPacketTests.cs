using FsCheck;
using FsCheck.Fluent;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class RtpPacketTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        Prop.ForAll<byte, bool, ushort>(
                (type, marker, sequence) =>
                {
                    var header = new RtpHeader((byte)(type % 64), marker, sequence, sequence * 160u, 0xDEADBEEF);
                    var datagram = new byte[15];
                    RtpPacket.WriteHeader(datagram, header);
                    datagram[14] = 7;
                    RtpPacket.Read(datagram, out var packet).ShouldBe(RtpFault.None);
                    packet.Header.ShouldBe(header);
                    packet.Payload.Length.ShouldBe(3);
                    packet.Payload[2].ShouldBe((byte)7);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Csrc_extension_and_padding_are_left_out_of_the_payload()
    {
        var datagram = Packet("B2 00 0001 00000001 00000002 0000000A 0000000B BEDE 0001 01020304 AABBCC 00 02");
        RtpPacket.Read(datagram, out var packet).ShouldBe(RtpFault.None);
        packet.Payload.ToArray().ShouldBe([0xAA, 0xBB, 0xCC]);
    }

    [Theory]
    [InlineData("", RtpFault.TooShort)]
    [InlineData("80 00 0001 00000001 000000", RtpFault.TooShort)]
    [InlineData("40 00 0001 00000001 00000002", RtpFault.Version)]
    [InlineData("80 C8 0001 00000001 00000002", RtpFault.Rtcp)]
    [InlineData("80 DF 0001 00000001 00000002", RtpFault.Rtcp)]
    [InlineData("81 00 0001 00000001 00000002", RtpFault.Csrc)]
    [InlineData("8F 00 0001 00000001 00000002 00000003", RtpFault.Csrc)]
    [InlineData("90 00 0001 00000001 00000002", RtpFault.Extension)]
    [InlineData("90 00 0001 00000001 00000002 0000 0001", RtpFault.Extension)]
    [InlineData("90 00 0001 00000001 00000002 0000 FFFF 00", RtpFault.Extension)]
    [InlineData("A0 00 0001 00000001 00000002", RtpFault.Padding)]
    [InlineData("A0 00 0001 00000001 00000002 00", RtpFault.Padding)]
    [InlineData("A0 00 0001 00000001 00000002 01 03", RtpFault.Padding)]
    public void What_goes_past_the_end_is_a_fault(string hex, RtpFault fault) =>
        RtpPacket.Read(Packet(hex), out _).ShouldBe(fault);

    [Fact]
    public void Padding_may_fill_the_whole_payload()
    {
        RtpPacket.Read(Packet("A0 00 0001 00000001 00000002 00 00 03"), out var packet).ShouldBe(RtpFault.None);
        packet.Payload.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Random_octets_are_an_outcome()
    {
        var random = new Random(2);
        var datagram = new byte[64];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(datagram);
            datagram[0] = (byte)(0x80 | (datagram[0] & 0x3F));
            var length = random.Next(datagram.Length + 1);
            if (RtpPacket.Read(datagram.AsSpan(0, length), out var packet) == RtpFault.None)
            {
                packet.Payload.Length.ShouldBeLessThanOrEqualTo(length - 12);
            }
        }
    }

    private static byte[] Packet(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
