using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Calls;

/// <summary>Calls and streams of every open capture against what tshark 4.0.17 says of them.</summary>
public sealed class CallCorpusTests
{
    public static TheoryData<string> Names() => CorpusTests.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Packets_lost_are_those_of_the_reference(string name)
    {
        Corpus.SkipIfAbsent();
        var reference = ReferenceReport.Read(Path.Combine(Corpus.Folder!, "reference", name + ".txt"));
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );

        // One or two datagrams that no session description names are not taken for a stream.
        foreach (var (key, lost) in reference.Lost.Where(pair => reference.Rtp[pair.Key] > 2))
        {
            var streams = trace.Streams.Where(s => $"{s.Source} {s.Destination} 0x{s.Ssrc:X8}" == key).ToList();
            streams.ShouldNotBeEmpty(key);
            streams.Sum(s => s.Lost).ShouldBe(lost, key);
        }
    }

    [Theory]
    [InlineData("sip-rtp__irontec-sngrep__aaa__da2485.pcap", 6, 4)]
    [InlineData("b2bua__NormB-sipnab__sip-routing-error__3c00af.pcapng", 18, 0)]
    [InlineData("encapsulation__negbie-heplify__erspan_sip_ipv4_udp__0e88a7.pcapng", 7, 4)]
    [InlineData("sip-rtp__NormB-sipnab__SIP_CALL_RTP_G711__db50e9.pcap", 4, 0)]
    [InlineData("sip-rtp__pentesteracademy-voipshark__SIP-RTP-Normal_Call_two_parties__d238d5.pcap", 10, 0)]
    [InlineData("video__snort3-snort3-demo__SIP_Eyebeam2Eyebeam_Video_Audio__1f6477.pcap", 15, 0)]
    public void Calls_are_as_many_as_there_are_call_ids(string name, int calls, int atLeastResent)
    {
        Corpus.SkipIfAbsent();
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );
        trace.Calls.Count.ShouldBe(calls);
        trace.Calls.Sum(c => c.Messages.Count(m => m.IsRetransmission)).ShouldBeGreaterThanOrEqualTo(atLeastResent);
    }
}
