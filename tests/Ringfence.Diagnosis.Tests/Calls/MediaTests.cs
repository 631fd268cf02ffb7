using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Media;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Calls;

public sealed class MediaTests
{
    [Theory]
    [InlineData("dtmf__SIPp-sipp__dtmf_2833_0__feb86f.pcap", "0")]
    [InlineData("dtmf__SIPp-sipp__dtmf_2833_4__029e1d.pcap", "4")]
    [InlineData("dtmf__SIPp-sipp__dtmf_2833_star__765707.pcap", "*")]
    [InlineData("dtmf__asterisk-testsuite__ulaw-2013785496__7bd9d4.pcap", "2013785496")]
    [InlineData("dtmf__asterisk-testsuite__opus-2013785496__282404.pcap", "2013785496")]
    public void Named_events_are_read_as_digits(string name, string digits)
    {
        Corpus.SkipIfAbsent();
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );
        string.Concat(trace.Streams.SelectMany(s => s.Digits).Select(d => d.Digit)).ShouldBe(digits);
        trace.Streams.SelectMany(s => s.Digits).ShouldAllBe(d => d.Ended && d.Duration > TimeSpan.Zero);
    }

    [Fact]
    public void Digits_in_info_are_read()
    {
        Corpus.SkipIfAbsent();
        var path = Corpus.Path("dtmf__NormB-sipnab__DTMFsipinfo__647311.pcap");
        var trace = CallTrace.Read([CaptureInput.File(path)], cancellation: TestContext.Current.CancellationToken);
        trace.Calls[0].Digits.Count.ShouldBe(4);
        trace.Calls[0].Digits.ShouldAllBe(d => d.Kind == DtmfKind.Info);
    }

    [Theory]
    [InlineData(0, 4.35, 4.45)]
    [InlineData(100, 4.1, 4.4)]
    [InlineData(20, 3.0, 4.1)]
    [InlineData(5, 1.5, 3.0)]
    public void The_estimate_falls_with_the_loss(int skip, double from, double to)
    {
        var stream = new Script()
            .A("INVITE", Script.Offer)
            .B(200, Script.Answer)
            .Rtp(10, skip: skip)
            .Trace()
            .Streams.ShouldHaveSingleItem();
        MosEstimate.Of(stream)!.Value.Mos.ShouldBeInRange(from, to);
    }

    [Fact]
    public void Of_a_short_stream_nothing_is_estimated() =>
        MosEstimate
            .Of(new Script().A("INVITE", Script.Offer).B(200, Script.Answer).Rtp(1).Trace().Streams[0])
            .ShouldBeNull();

    [Fact]
    public void A_case_holds_messages_reports_ladder_and_audio()
    {
        var folder = Directory.CreateTempSubdirectory("case");
        try
        {
            var diagnosis = new Script()
                .A("INVITE", Script.Offer)
                .B(183, Script.Answer)
                .Rtp(3)
                .Wait(3)
                .B(486)
                .Diagnose();
            var files = CaseFolder.Write(folder.FullName, diagnosis, diagnosis.Trace.Calls[0], new ReportOptions());
            files.ShouldContain("audio-1.wav");
            files.ShouldAllBe(name => new FileInfo(Path.Combine(folder.FullName, name)).Length > 40);
            var again = CallTrace.Read(
                [CaptureInput.File(Path.Combine(folder.FullName, "messages.pcap"))],
                cancellation: TestContext.Current.CancellationToken
            );
            again.Calls.ShouldHaveSingleItem().State.ShouldBe(CallState.Failed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
