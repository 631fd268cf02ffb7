using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Calls;

/// <summary>Calls and streams of every open capture against what tshark 4.0.17 says of them.</summary>
public sealed class CallCorpusTests
{
    // Where the counts differ, and why.
    private static readonly Dictionary<string, (int Calls, int Streams)> Explained = new(StringComparer.Ordinal)
    {
        // tshark 4.0.17 does not know HEP.
        ["hep__sipcapture-hep-wireshark__hep__5a98de.pcap"] = (1, 0),

        // A fuzzed file: three messages that tshark calls malformed have a Call-ID of their own; of its seven streams two are a datagram or
        // two that only look like RTP.
        ["malformed__ntop-nDPI__fuzz-2006-06-26-2594__5970f7.pcap"] = (28, 5),

        // No SIP names the ports, and tshark takes for RTP only what it is told to: told so, it counts these three as well.
        ["rtp__sippy-rtpproxy__DLT_NULL.a__ea2148.pcap"] = (0, 3),

        // tshark reads no logs: these are as many as there are Call-IDs in the text.
        ["text__markofu-pcaps__HoneyNet_0410_logs_v3.txt"] = (4_258, 0),
        ["text__rtckit-php-sip__stream_generic.txt"] = (13, 0),
        ["text__sipwise-kamailio-config-tests__auth_fail_sipp_scenario00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__incoming_hih_sipp_scenario00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__incoming_hih_sipp_scenario_responder01.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__incoming_peer_sipp_scenario00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__incoming_peer_sipp_scenario_responder00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario_responder00.msg"] = (1, 0),
        ["text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario_responder01.msg"] = (1, 0),
    };

    public static TheoryData<string> Names() => CorpusTests.Names();

    public static TheoryData<string> Files()
    {
        var names = new TheoryData<string>();
        foreach (var path in Corpus.Folder is { } folder ? Directory.GetFiles(folder) : [])
        {
            if (Path.GetExtension(path) != ".md")
            {
                names.Add(Path.GetFileName(path));
            }
        }

        if (Corpus.Folder is null)
        {
            names.Add("absent");
        }

        return names;
    }

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
    [MemberData(nameof(Files))]
    public void Calls_and_streams_are_as_many_as_the_reference_counts(string name)
    {
        Corpus.SkipIfAbsent();
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );
        var (calls, streams) = Explained.TryGetValue(name, out var ours) ? ours : Reference(name);
        (trace.Calls.Count, trace.Streams.Count).ShouldBe((calls, streams));
    }

    [Theory]
    [InlineData("sip-rtp__irontec-sngrep__aaa__da2485.pcap", 4)]
    [InlineData("encapsulation__negbie-heplify__erspan_sip_ipv4_udp__0e88a7.pcapng", 4)]
    public void What_was_sent_again_is_found_as_often_as_the_reference_has_it(string name, int atLeast)
    {
        Corpus.SkipIfAbsent();
        var trace = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );
        trace.Calls.Sum(c => c.Messages.Count(m => m.IsRetransmission)).ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    // Call-IDs stand in the list of the captures, streams in the report of each.
    private static (int Calls, int Streams) Reference(string name)
    {
        const string Calls = "Call-IDs ";
        var row = File.ReadLines(Corpus.Path("MANIFEST.md"))
            .Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
        var at = row.IndexOf(Calls, StringComparison.Ordinal);
        var digits = at < 0 ? "0" : string.Concat(row[(at + Calls.Length)..].TakeWhile(char.IsAsciiDigit));
        var report = Path.Combine(Corpus.Folder!, "reference", name + ".txt");
        return (
            int.Parse(digits, CultureInfo.InvariantCulture),
            File.Exists(report) ? ReferenceReport.Read(report).Rtp.Count : 0
        );
    }
}
