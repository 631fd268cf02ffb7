using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>
/// Files that foreign programs wrote: one call from SIPp over Kamailio to SIPp as each of them saw it, and SIP over TLS between OpenSSL's client
/// and server. <c>Foreign/make.sh</c> makes them anew.
/// </summary>
public sealed class ForeignFileTests
{
    // What goes over the wire on both hops.
    private static readonly string[] Call =
    [
        "INVITE",
        "100",
        "INVITE",
        "180",
        "180",
        "200",
        "200",
        "ACK",
        "ACK",
        "BYE",
        "BYE",
        "200",
        "200",
    ];

    [Theory]
    [InlineData("call.pcapng")]
    [InlineData("call.nsec.pcap")]
    [InlineData("call.pcap.gz")]
    [InlineData("call.netmon.cap")]
    [InlineData("call.snoop")]
    [InlineData("hep3.pcapng")]
    [InlineData("kamailio-sipdump.txt")]
    [InlineData("sngrep.txt")]
    [InlineData("sipgrep.txt")]
    [InlineData("hep1.bin")]
    [InlineData("hep2.bin")]
    public void The_call_is_the_same_in_every_file(string name)
    {
        var sink = Read(name);
        sink.Messages.Select(m => m.MethodOrStatus)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Call.Order(StringComparer.Ordinal));
        sink.Messages.Select(m => m.Source.ToString())
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(["127.0.0.1:15090", "127.0.0.1:15091", "127.0.0.1:15092"]);
        sink.Messages.ShouldAllBe(m => m.Time > 0 || name == "hep1.bin", "version 1 tells no time");
    }

    [Theory]
    [InlineData("sipp-uac.msg", 7)]
    [InlineData("sipp-uas.msg", 6)]
    [InlineData("kamailio.log", 6)]
    [InlineData("journal.txt", 6)]
    [InlineData("journal.json", 6)]
    public void A_log_holds_what_its_writer_sent_and_received(string name, int messages)
    {
        var log = Read(name).Messages;
        var wire = Read("call.pcapng").Messages;
        log.Count.ShouldBe(messages);
        foreach (var message in log)
        {
            wire.ShouldContain(
                w => w.MethodOrStatus == message.MethodOrStatus && Body(w.Text) == Body(message.Text),
                name
            );
        }
    }

    [Theory]
    [InlineData("rsyslog.log")]
    [InlineData("rsyslog-iso.log")]
    [InlineData("rsyslog.json")]
    public void What_a_proxy_logs_to_syslog_is_read_with_its_times(string name)
    {
        var messages = Read(name).Messages;
        messages.Select(m => m.MethodOrStatus).ShouldBe(["INVITE", "180", "200", "ACK", "BYE", "200"], name);
        messages[0].Text.ShouldEndWith("\r\na=rtpmap:0 PCMU/8000\r\n");
        messages[3].Text.ShouldEndWith("\r\nContent-Length: 0\r\n\r\n");
        messages
            .Select(m => DateTime.UnixEpoch.AddTicks(m.Time / 100).Year)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldBe(2026, name);
    }

    [Fact]
    public void WebSocket_of_a_browser_is_read_in_the_clear_and_with_its_keys()
    {
        var messages = Read("websocket.pcapng").Messages;
        messages
            .Select(m => $"{CallId(m.Text)} {m.Transport}")
            .Distinct()
            .ShouldBe(
                ["ws1 WebSocket", "ws2 WebSocket", "wss1 SecureWebSocket", "wss2 SecureWebSocket"],
                ignoreOrder: true
            );
        messages.Count(m => m.MethodOrStatus == "200").ShouldBe(4);
    }

    [Fact]
    public void Sip_in_sctp_is_read()
    {
        var message = Read("sctp.pcap").Messages.ShouldHaveSingleItem();
        $"{CallId(message.Text)} {message.Transport} {message.Source}".ShouldBe("sctp Sctp 192.0.2.1:5060");
    }

    [Theory]
    [InlineData("sctp-stack.pcapng.gz", "sctp-stack.txt")]
    [InlineData("sctp-scapy.pcap", "sctp-scapy.txt")]
    public void Sctp_messages_are_those_that_tshark_finds(string name, string reference)
    {
        var messages = Read(name).Messages;
        messages
            .Select(m => CallId(m.Text))
            .Order(StringComparer.Ordinal)
            .ShouldBe(File.ReadAllLines(FilePath(reference)).Order(StringComparer.Ordinal));
        messages.ShouldAllBe(m => m.Transport == PacketTransport.Sctp);
    }

    [Fact]
    public void Several_files_of_one_call_are_merged_by_the_time_of_their_packets()
    {
        var sink = CollectingSink.Read(
            out _,
            CaptureInput.File(FilePath("sipp-uas.msg")),
            CaptureInput.File(FilePath("call.pcap.gz"))
        );
        sink.Messages.Count.ShouldBe(Call.Length + 6);
        sink.Messages.Select(m => m.Time).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("tls.pcapng", true)]
    [InlineData("tls-with-keys.pcapng", false)]
    public void Tls_1_2_and_1_3_of_openssl_are_opened_by_its_key_log(string name, bool givesKeys)
    {
        var options = new CaptureOptions { KeyLog = givesKeys ? File.ReadAllText(FilePath("tls.keys")) : null };
        var sink = CollectingSink.Read(File.ReadAllBytes(FilePath(name)), options);
        sink.Messages.ShouldAllBe(m => m.Transport == PacketTransport.Tls);
        sink.Messages.Select(m => CallId(m.Text)).ShouldBe(["tls1.2", "tls1.3"]);
    }

    [Fact]
    public void Whatever_tshark_opens_of_tls_is_opened()
    {
        var sink = CollectingSink.Read(out var outcome, CaptureInput.File(FilePath("tls-sessions.pcapng.gz")));
        sink.Messages.Select(m => CallId(m.Text))
            .Order(StringComparer.Ordinal)
            .ShouldBe(File.ReadAllLines(FilePath("tls-sessions.txt")).Order(StringComparer.Ordinal));
        outcome.UndecryptedSessions.ShouldBe(0);
    }

    [Theory]
    [InlineData("PK\u0003\u0004", DamageKind.OtherCompression)]
    [InlineData("BZh91AY", DamageKind.OtherCompression)]
    [InlineData("TRSNIFF data    \u001A", DamageKind.OtherCapture)]
    [InlineData("Hello", DamageKind.UnknownFormat)]
    public void What_is_not_read_is_named_with_a_remedy(string head, DamageKind expected)
    {
        _ = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", System.Text.Encoding.Latin1.GetBytes(head)));
        outcome.Damage.ShouldHaveSingleItem().Kind.ShouldBe(expected);
        outcome.AnythingRead.ShouldBeFalse();
    }

    private static CollectingSink Read(string name) => CollectingSink.Read(out _, CaptureInput.File(FilePath(name)));

    private static string Body(string text) =>
        text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].TrimEnd();

    private static string CallId(string text) =>
        text.Split("\r\n").Single(line => line.StartsWith("Call-ID: ", StringComparison.Ordinal))[9..];

    private static string FilePath(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Foreign", name));
}
