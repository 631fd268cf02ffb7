using Ringfence.Media.Codecs;
using Ringfence.Media.Rtcp;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtcp;

public sealed class RtcpReporterTests
{
    private static readonly byte[] Buffer = new byte[576];

    [Fact]
    public void Two_sides_learn_the_round_trip_and_the_loss_of_each_other()
    {
        var (here, there) = (new RtpSender(1, 10, 100), new RtpSender(2, 20, 200));
        var (mine, theirs) = (new RtcpReporter(here, new Random(1)), new RtcpReporter(there, new Random(2)));
        var (fromThem, fromMe) = (new RtpReceiver(8000), new RtpReceiver(8000));
        Send(here, fromMe, lost: 5);
        Send(there, fromThem, lost: 0);

        // A report there takes 30 ms, waits 200 ms, and the answer takes 50 ms.
        Deliver(mine, fromThem, theirs, sent: 1000, came: 1030);
        Deliver(theirs, fromMe, mine, sent: 1230, came: 1280);
        var quality = mine.Quality(fromThem, AudioFormat.Pcma);
        quality.RoundTrip!.Value.TotalMilliseconds.ShouldBe(80, 0.1);
        quality.PeerLossPercent!.Value.ShouldBe(5, 0.5);
        quality.LossPercent.ShouldBe(0);
        quality.MeanOpinionScore!.Value.ShouldBe(4.3, 0.15);
        theirs
            .Quality(fromMe, AudioFormat.Pcmu)
            .MeanOpinionScore!.Value.ShouldBeLessThan(quality.MeanOpinionScore.Value - 0.3);
    }

    [Fact]
    public void A_report_is_compound_and_names_both_streams_quality_and_leaving()
    {
        var sender = new RtpSender(7, 10, 100);
        var receiver = new RtpReceiver(8000);
        Send(new RtpSender(9, 1, 1), receiver, lost: 10);
        sender.WriteAudio(new byte[200], 0, 160, 160);
        var reporter = new RtcpReporter(sender, new Random(3));
        var length = reporter.Write(receiver, AudioFormat.Pcma, 260, isGoodbye: true, TimeSpan.FromSeconds(3), Buffer);
        RtcpPacket.Read(Buffer.AsSpan(0, length), out var packet).ShouldBe(RtcpFault.None);
        packet!.Ssrc.ShouldBe(7u);
        packet.Sender!.Value.RtpTime.ShouldBe(260u);
        packet.Reports.ShouldHaveSingleItem().CumulativeLost.ShouldBe(10);
        packet.Name!.Length.ShouldBe(24);
        packet.Metrics!.Value.Ssrc.ShouldBe(9u);
        ((int)packet.Metrics.Value.LossRate).ShouldBeInRange(24, 26);
        ((int)packet.Metrics.Value.ListeningScore).ShouldBeInRange(20, 40);
        packet.IsGoodbye.ShouldBeTrue();
        new RtcpReporter(sender, new Random(4)).Write(receiver, AudioFormat.Pcma, 260, false, default, Buffer);
        RtcpPacket.Read(Buffer.AsSpan(0, length - 8), out var other).ShouldBe(RtcpFault.None);
        other!.Name.ShouldNotBe(packet.Name);
    }

    [Fact]
    public void An_encoding_without_published_figures_has_no_score_and_says_so_in_its_report()
    {
        foreach (var format in new[] { AudioFormat.G722, AudioFormat.Opus, new AudioFormat("L16", 16000) })
        {
            var receiver = new RtpReceiver(format.ClockRate);
            Send(new RtpSender(9, 1, 1), receiver, lost: 10);
            var reporter = new RtcpReporter(new RtpSender(7, 10, 100), new Random(3));
            reporter.Quality(receiver, format).MeanOpinionScore.ShouldBeNull();
            var length = reporter.Write(receiver, format, 260, false, TimeSpan.FromSeconds(3), Buffer);
            RtcpPacket.Read(Buffer.AsSpan(0, length), out var packet).ShouldBe(RtcpFault.None);
            // 127: not known (RFC 3611 section 4.7).
            packet!.Metrics!.Value.Rating.ShouldBe((byte)127);
            packet.Metrics.Value.ListeningScore.ShouldBe((byte)127);
            ((int)packet.Metrics.Value.LossRate).ShouldBeInRange(24, 26);
        }
    }

    [Fact]
    public void Reports_come_every_five_seconds_or_so_and_never_at_a_beat()
    {
        var reporter = new RtcpReporter(new RtpSender(7, 1, 1), new Random(5));
        var due = Enumerable
            .Range(0, 60_000)
            .Where(i => reporter.IsDue(TimeSpan.FromMilliseconds(10 * i)))
            .Select(i => 10 * i)
            .ToList();
        due[0].ShouldBeInRange(1240, 1260);
        var gaps = due.Zip(due.Skip(1), (one, next) => next - one).ToList();
        gaps.ShouldAllBe(gap => gap >= 2500 && gap <= 7510);
        gaps.Average().ShouldBe(5000, 500);
        gaps.Distinct().Count().ShouldBeGreaterThan(gaps.Count / 2);
    }

    [Fact]
    public void A_report_on_another_stream_says_nothing_of_this_one()
    {
        var reporter = new RtcpReporter(new RtpSender(7, 1, 1), new Random(5));
        var length = new RtcpPacket { Ssrc = 9, Reports = [new ReportBlock(8, 128, 5, 5, 5, 1, 1)] }.Write(Buffer);
        reporter.Receive(Buffer.AsSpan(0, length), TimeSpan.FromSeconds(1));
        reporter.Quality(null, AudioFormat.Pcma).PeerLossPercent.ShouldBeNull();
        reporter.Quality(null, AudioFormat.Pcma).RoundTrip.ShouldBeNull();
        reporter.Receive([1, 2, 3], TimeSpan.Zero);
        reporter.Received.ShouldBe(1);
    }

    private static void Deliver(RtcpReporter from, RtpReceiver heard, RtcpReporter to, int sent, int came)
    {
        var length = from.Write(heard, AudioFormat.Pcma, 0, false, TimeSpan.FromMilliseconds(sent), Buffer);
        to.Receive(Buffer.AsSpan(0, length), TimeSpan.FromMilliseconds(came));
    }

    private static void Send(RtpSender sender, RtpReceiver receiver, int lost)
    {
        var datagram = new byte[200];
        for (var i = 0; i < 100; i++)
        {
            sender.WriteAudio(datagram, 0, 160, 160);
            RtpPacket.Read(datagram.AsSpan(0, 172), out var packet);
            if (i == 99 || i % 10 != 5 || i / 10 >= lost)
            {
                receiver.Receive(packet.Header, TimeSpan.FromMilliseconds(20 * i));
            }
        }
    }
}
