using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>Every open capture against what tshark 4.0.17 counts in it.</summary>
public sealed class CorpusTests
{
    // Where the counts differ, and why.
    private static readonly Dictionary<string, string> Explained = new(StringComparer.Ordinal)
    {
        // The BYE has no usable header fields: tshark lists the frame, but its statistics leave malformed packets out.
        ["single__seladb-PcapPlusPlus__sip_reqs__f0987d.pcap"] = "ACK×1 BYE×1 CANCEL×1 INVITE×1",

        // The same with a REGISTER for "sip:;transport=UDP".
        ["fax__snort3-snort3-demo__digium__43dfcd.pcap"] = "100×3 180×2 200×5 ACK×4 INVITE×4 REGISTER×1",

        // tshark 4.0.17 does not know HEP. Of the eight packets two carry RTCP as JSON.
        ["hep__sipcapture-hep-wireshark__hep__5a98de.pcap"] = "100×1 200×1 407×1 INVITE×1 OPTIONS×1 PUBLISH×1",

        // The reference was made with the server's RSA key. A key log would be needed here, and there is none.
        ["tls__pentesteracademy-voipshark__SIP-over-TLS-RTP-Normal_Call_two_parties__99ab13.pcap"] = "",

        // A fuzzed file: 52 messages in both; tshark's statistics leave out what it calls malformed, and seven more have a fault in the
        // start line itself (frames 108, 154, 181, 274, 346, 348, 441), which tshark then takes for plain data.
        ["malformed__ntop-nDPI__fuzz-2006-06-26-2594__5970f7.pcap"] =
            "100×3 183×1 200×3 40 ×1 401×11 403×3 407×3 408×1 480×1 ACK×4 CANCEL×8 INVITE×7 REGISTER×11 REGIStER×1 \u008500×1",
    };

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (var path in Corpus.Folder is { } folder ? Directory.GetFiles(Path.Combine(folder, "reference")) : [])
        {
            names.Add(Path.GetFileNameWithoutExtension(path));
        }

        if (Corpus.Folder is null)
        {
            names.Add("absent");
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Messages_and_rtp_packets_are_those_of_the_reference(string name)
    {
        Corpus.SkipIfAbsent();
        var reference = ReferenceReport.Read(Path.Combine(Corpus.Folder!, "reference", name + ".txt"));
        var sink = CollectingSink.Read(out var outcome, CaptureInput.File(Corpus.Path(name)));
        var sip = sink.Messages.GroupBy(m => m.MethodOrStatus).ToDictionary(g => g.Key, g => g.Count());

        if (Explained.TryGetValue(name, out var ours))
        {
            Describe(sip).ShouldBe(ours);
        }
        else
        {
            Describe(sip).ShouldBe(Describe(reference.Sip));
        }

        // Where tshark counts no SIP, its list holds frames of port 5060 with something else in them.
        if (outcome.UndecryptedSessions == 0 && reference.Sip.Count > 0)
        {
            reference.Frames.Except(sink.Messages.Select(m => m.Frame)).ShouldBeEmpty();
        }

        foreach (var (stream, packets) in reference.Rtp)
        {
            sink.RtpPackets.GetValueOrDefault(stream).ShouldBe(packets, stream);
        }
    }

    [Theory]
    [InlineData("text__sipwise-kamailio-config-tests__auth_fail_sipp_scenario00.msg", 10)]
    [InlineData("text__sipwise-kamailio-config-tests__incoming_hih_sipp_scenario00.msg", 7)]
    [InlineData("text__sipwise-kamailio-config-tests__incoming_hih_sipp_scenario_responder01.msg", 6)]
    [InlineData("text__sipwise-kamailio-config-tests__incoming_peer_sipp_scenario00.msg", 7)]
    [InlineData("text__sipwise-kamailio-config-tests__incoming_peer_sipp_scenario_responder00.msg", 6)]
    [InlineData("text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario00.msg", 11)]
    [InlineData("text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario_responder00.msg", 3)]
    [InlineData("text__sipwise-kamailio-config-tests__invite_redirect_tel_uri_sipp_scenario_responder01.msg", 7)]
    [InlineData("text__rtckit-php-sip__stream_generic.txt", 227)]
    [InlineData("text__markofu-pcaps__HoneyNet_0410_logs_v3.txt", 4266)]
    public void A_text_log_gives_as_many_messages_as_it_has_start_lines(string name, int messages)
    {
        Corpus.SkipIfAbsent();
        var sink = CollectingSink.Read(out var outcome, CaptureInput.File(Corpus.Path(name)));
        outcome.Formats.ShouldBe([CaptureFormat.Text]);
        sink.Messages.Count.ShouldBe(messages);
    }

    private static string Describe(Dictionary<string, int> counts) =>
        string.Join(" ", counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}×{c.Value}"));
}
