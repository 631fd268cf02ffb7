using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class RtpSenderTests
{
    [Fact]
    public void Sequence_and_timestamp_go_on_across_sources_and_the_switch_is_marked()
    {
        var sender = new RtpSender(1, 65534, uint.MaxValue - 159);
        var first = Next(sender);
        var second = Next(sender);
        sender.BeginSource();
        var third = Next(sender);
        first.ShouldBe(new RtpHeader(0, true, 65534, uint.MaxValue - 159, 1));
        second.ShouldBe(new RtpHeader(0, false, 65535, 0, 1));
        third.ShouldBe(new RtpHeader(0, true, 0, 160, 1));
        Next(sender).Marker.ShouldBeFalse();
    }

    [Fact]
    public void Silence_moves_the_timestamp_and_not_the_sequence_and_marks_the_talkspurt()
    {
        var sender = new RtpSender(1, 10, 1000);
        Next(sender);
        sender.Skip(800);
        Next(sender).ShouldBe(new RtpHeader(0, true, 11, 1960, 1));
    }

    [Fact]
    public void An_event_takes_a_sequence_number_and_no_time()
    {
        var sender = new RtpSender(1, 10, 1000);
        var begin = sender.Timestamp;
        sender.WriteAt(new byte[12], 101, marker: true, begin, 4);
        Next(sender).ShouldBe(new RtpHeader(0, true, 11, 1000, 1));
        sender.Packets.ShouldBe(2);
        sender.Octets.ShouldBe(164);
    }

    [Fact]
    public void First_numbers_are_random()
    {
        var random = new Random(3);
        var senders = Enumerable.Range(0, 8).Select(_ => new RtpSender(random)).ToList();
        senders.Select(sender => sender.Ssrc).Distinct().Count().ShouldBe(8);
        senders.Select(sender => sender.Timestamp).Distinct().Count().ShouldBe(8);
        senders.Select(sender => Next(sender).Sequence).Distinct().Count().ShouldBe(8);
    }

    private static RtpHeader Next(RtpSender sender)
    {
        var datagram = new byte[172];
        sender.WriteAudio(datagram, 0, 160, 160);
        RtpPacket.Read(datagram, out var packet).ShouldBe(RtpFault.None);
        return packet.Header;
    }
}
