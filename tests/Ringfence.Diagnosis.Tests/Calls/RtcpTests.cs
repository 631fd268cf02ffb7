using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Media.Rtcp;

namespace Ringfence.Diagnosis.Tests.Calls;

public sealed class RtcpTests
{
    private const uint Source = 7;
    private const uint Middle = 0x1234_5678;

    [Fact]
    public void The_round_trip_is_that_from_the_place_of_the_capture_to_the_receiver()
    {
        // 900 ms after the report of the sender, of which the receiver says that it held it for 0.75 s.
        var report = Reported(new ReportBlock(Source, 26, 12, 5_000, 160, Middle, 49_152), null);
        report.RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(150));
        (report.Count, report.Lost, report.HighestLoss, report.HighestJitter).ShouldBe((1, 12, 26 / 256.0, 160u));
    }

    [Fact]
    public void A_report_that_answers_no_sender_says_nothing_of_the_round_trip() =>
        Reported(new ReportBlock(Source, 0, 0, 5_000, 160, Middle + 1, 0), null).RoundTrip.ShouldBeNull();

    [Fact]
    public void What_the_receiver_says_of_the_sound_is_read_from_its_extended_report()
    {
        var report = Reported(new ReportBlock(Source, 0, 0, 5_000, 160, 0, 0), new VoipMetrics(Source, 5, 120, 80, 41));
        (report.ListeningScore, report.RoundTrip).ShouldBe((4.1, TimeSpan.FromMilliseconds(120)));
    }

    [Fact]
    public void Numbers_of_an_encrypted_report_are_not_taken_for_what_they_look_like()
    {
        var packet = Packet(new ReportBlock(Source, 200, 99, 5_000, 160, 0, 0), null);
        const int Trailer = 14;
        var rtcp = WithReport([.. packet, .. Enumerable.Repeat((byte)0x80, Trailer)]).Trace().Rtcp;
        rtcp.Packets.ShouldBe(1);
        rtcp.Reports.ShouldBeEmpty();
        rtcp.Seen.ShouldHaveSingleItem().Loss.ShouldBe(0);
    }

    [Fact]
    public void Reports_tell_what_the_receiver_says_and_how_packets_arrived()
    {
        var packet = Packet(new ReportBlock(Source, 26, 12, 5_000, 160, 0, 0), new VoipMetrics(Source, 5, 120, 80, 41));
        var diagnosis = WithReport(packet).Rtp(0.4, from: 70).Diagnose();
        using var text = new StringWriter();
        TextReport.Write(text, diagnosis, new ReportOptions { Width = 200 });
        text.ToString()
            .ShouldContain("RTCP 1 report, 12 lost (≤ 10.2 %), jitter 20.0 ms, round trip 120.0 ms, MOS 4.1");
        text.ToString().ShouldContain("20 duplicates");
        using var html = new StringWriter();
        HtmlReport.Write(html, diagnosis, new ReportOptions(), "x");
        html.ToString().ShouldContain("RTCP: 1 report, 12 lost");
        html.ToString().ShouldContain("(G.107, G.711, R ");
    }

    private static Diagnosis.Media.RtcpReport Reported(ReportBlock block, VoipMetrics? metrics) =>
        new Script()
            .A("INVITE", Script.Offer)
            .B(200, Script.Answer)
            .Datagram(
                toCaller: true,
                Written(new RtcpPacket { Ssrc = Source, Sender = new SenderInfo((ulong)Middle << 16, 0, 0, 0) })
            )
            .Wait(0.8)
            .Datagram(toCaller: false, Packet(block, metrics))
            .Trace()
            .Rtcp.Reports[Source];

    private static Script WithReport(byte[] packet) =>
        new Script().A("INVITE", Script.Offer).B(200, Script.Answer).Rtp(2).Wait(2).Datagram(toCaller: false, packet);

    private static byte[] Packet(ReportBlock block, VoipMetrics? metrics) =>
        Written(
            new RtcpPacket
            {
                Ssrc = 99,
                Reports = [block],
                Metrics = metrics,
            }
        );

    private static byte[] Written(RtcpPacket packet)
    {
        var room = new byte[576];
        return room[..packet.Write(room)];
    }
}
