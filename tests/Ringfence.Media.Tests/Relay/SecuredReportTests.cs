using Ringfence.Media.Codecs;
using Ringfence.Media.Rtcp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Tests.Relay;

/// <summary>Reports of a side whose media is SRTP are SRTCP, both ways.</summary>
public sealed class SecuredReportTests : RelayHarness
{
    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(suite => suite.Name)];

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_secured_side_is_told_and_believed_under_the_keys_of_its_media(string name)
    {
        var suite = SrtpSuite.Find(name)!;
        var (ours, theirs) = (SrtpMasterKey.Create(suite), SrtpMasterKey.Create(suite));
        using var heard = new SrtcpContext(ours);
        using var said = new SrtcpContext(theirs);
        Relay.Negotiated(Relay.Caller, Audio(Caller, AudioFormat.Pcmu, 0, 101) with { RtcpMux = true });
        Relay.Secure(Relay.Caller, ours, theirs);
        Relay.PassThrough();
        Run(20);
        Caller.Protection = new SrtpContext(theirs);
        Run(1500, calleeSends: true, callerSends: true);

        var datagram = Caller.Datagrams.Single(IsReport);
        heard.Unprotect(datagram, out var length).ShouldBe(SrtpFault.None);
        RtcpPacket.Read(datagram.AsSpan(0, length), out var report).ShouldBe(RtcpFault.None);
        report!.Sender!.Value.Packets.ShouldBeInRange(50u, 75u);
        report.Reports.ShouldHaveSingleItem().Ssrc.ShouldBe(0xAu);
        report.Name.ShouldNotBeNull();
        ((int)report.Metrics!.Value.ListeningScore).ShouldBeInRange(40, 45);

        var answer = new byte[200];
        length = new RtcpPacket
        {
            Ssrc = 0xA,
            Reports = [new ReportBlock(report.Ssrc, 26, 5, 0, 0, report.Sender.Value.MiddleOfNtp, 0)],
        }.Write(answer);
        Caller.SendDatagram(answer[..length]);
        Run(20);
        Relay.Caller.Quality.RoundTrip.ShouldBeNull();

        Caller.SendDatagram(answer[..said.Protect(answer, length)]);
        Run(20);
        Relay.Caller.Quality.RoundTrip!.Value.TotalMilliseconds.ShouldBeInRange(100, 500);
        Relay.Caller.Quality.PeerLossPercent!.Value.ShouldBe(10, 0.5);

        Clock.Dispose();
        Caller.Drain();
        var last = Caller.Datagrams[^1];
        IsReport(last).ShouldBeTrue();
        heard.Unprotect(last, out length).ShouldBe(SrtpFault.None);
        RtcpPacket.Read(last.AsSpan(0, length), out report).ShouldBe(RtcpFault.None);
        report!.IsGoodbye.ShouldBeTrue();
    }

    private static bool IsReport(byte[] datagram) => datagram[1] is >= 192 and <= 223;
}
