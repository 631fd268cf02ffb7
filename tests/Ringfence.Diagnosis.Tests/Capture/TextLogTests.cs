using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class TextLogTests
{
    private const string Head =
        "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: 1\nCSeq: 1 INVITE\n";

    private const string Invite = "INVITE sip:b@192.0.2.2 SIP/2.0\n" + Head + "Content-Length: 12\n\nv=0\ns=-\n\n";

    private const string Ringing = "SIP/2.0 180 Ringing\n" + Head + "Content-Length: 0\n\n";

    private static readonly string Indented = string.Join("\n", Ringing.Split('\n').Select(line => "   " + line));

    private static readonly string Octal = Ringing.Replace("\n", "#015#012", StringComparison.Ordinal);

    private static readonly string PerLine = string.Join(
        "\n",
        Ringing.TrimEnd('\n').Split('\n').Append("").Select(line => $"Jul 12 11:47:35 host kamailio[77]: {line}")
    );

    public static TheoryData<string, string, string, string> Logs() =>
        new()
        {
            {
                "Asterisk pjsip",
                "[2021-07-12 11:47:35.500] VERBOSE[9] res_pjsip_logger.c: <--- Transmitting SIP response (300 bytes) to UDP:192.0.2.1:5070 --->\n"
                    + Ringing
                    + "\n\n[2021-07-12 11:47:36.000] next",
                "11:47:35.500",
                "? > 192.0.2.1:5070"
            },
            {
                "Asterisk chan_sip",
                "[2021-07-12 11:47:35.500] VERBOSE[9] chan_sip.c:\n<--- SIP read from UDP:192.0.2.7:5060 --->\n"
                    + Ringing
                    + "<------------->\n--- (6 headers 0 lines) ---",
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "FreeSWITCH",
                "2021-07-12 11:47:35.000000 [INFO] start\nrecv 999 bytes from udp/[192.0.2.7]:5060 at 11:47:35.500000:\n"
                    + "   ------------------------------------------------------------------------\n"
                    + Indented
                    + "\n   ------------------------------------------------------------------------\n",
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "Kamailio sipdump",
                "====================\ntag: rcv\npid: 1\nprocess: 2\ntime: 1626090455.500000\ndate: Mon Jul 12 11:47:35 2021\n"
                    + "proto: tcp ipv4\nsrcip: 192.0.2.7\nsrcport: 5062\ndstip: 192.0.2.8\ndstport: 5064\n~~~~~~~~~~~~~~~~~~~~\n"
                    + Ringing
                    + "||||||||||||||||||||\n",
                "11:47:35.500",
                "192.0.2.7:5062 > 192.0.2.8:5064"
            },
            {
                "sngrep",
                "2021/07/12 11:47:35.500000 192.0.2.7:5062 -> 192.0.2.8:5064\n" + Ringing + "\n",
                "11:47:35.500",
                "192.0.2.7:5062 > 192.0.2.8:5064"
            },
            {
                "ngrep by line",
                "U 2021/07/12 11:47:35.500000 192.0.2.7:5062 -> 192.0.2.8:5064\n"
                    + Ringing.Replace("\n", ".\n", StringComparison.Ordinal)
                    + "\n",
                "11:47:35.500",
                "192.0.2.7:5062 > 192.0.2.8:5064"
            },
            {
                "Homer",
                "proto:UDP 2021-07-12T11:47:35.500Z  192.0.2.7:5062 ---> 192.0.2.8:5064\r\n\r\n" + Ringing + "\r\n",
                "11:47:35.500",
                "192.0.2.7:5062 > 192.0.2.8:5064"
            },
            {
                "SIPp",
                "----------------------------------------------- 2021-07-12 11:47:35.500000\nUDP message received [300] bytes :\n\n"
                    + Ringing,
                "11:47:35.500",
                "? > 192.0.2.1:5070"
            },
            {
                "syslog, one line",
                "<134>1 2021-07-12T13:47:35.500+02:00 host app 1 - - got " + Octal + "\n",
                "11:47:35.500",
                "? > 192.0.2.1:5070"
            },
            { "syslog, a line each", "2021-07-12 00:00:00\n" + PerLine + "\n", "11:47:35.000", "? > 192.0.2.1:5070" },
            { "the message alone", Ringing, "", "? > 192.0.2.1:5070" },
        };

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_log_is_recognised_by_itself(string program, string log, string clock, string ends)
    {
        var message = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages.ShouldHaveSingleItem(program);
        message.Text.ShouldBe(Ringing.ReplaceLineEndings("\r\n"), program);
        $"{message.Source} > {message.Destination}".ShouldBe(ends, program);
        var time = DateTime.UnixEpoch.AddTicks(message.Time / 100);
        var expected = clock.Length == 0 ? "1970-01-01 00:00:00.000" : "2021-07-12 " + clock;
        time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture).ShouldBe(expected, program);
    }

    [Fact]
    public void Messages_behind_each_other_are_parted_by_their_lengths()
    {
        var log = Invite + Ringing + Invite + Ringing;
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        messages.Select(m => m.MethodOrStatus).ShouldBe(["INVITE", "180", "INVITE", "180"]);
        messages[0].Text.ShouldEndWith("\r\n\r\nv=0\r\ns=-\r\n\r\n");
    }

    [Fact]
    public void The_writer_of_a_log_is_known_from_its_own_requests()
    {
        var log =
            "--------------- 2021-07-12 11:47:35.0\nUDP message sent (1 bytes):\n\n"
            + Invite
            + "--------------- 2021-07-12 11:47:36.0\nUDP message received [1] bytes :\n\n"
            + Ringing;
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        messages[0].Source.ToString().ShouldBe("192.0.2.1:5070");
        messages[1].Destination.ToString().ShouldBe("192.0.2.1:5070");
    }

    [Fact]
    public void Prose_about_sip_is_no_message()
    {
        var text = "Then the caller sends an INVITE sip:bob@x and we answer\nHello SIP/2.0\nFoo bar SIP/2.0\n";
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Encoding.UTF8.GetBytes(text)));
        sink.Messages.ShouldBeEmpty();
        outcome.Damage.ShouldHaveSingleItem().Kind.ShouldBe(DamageKind.UnknownFormat);
    }

    [Fact]
    public void A_line_without_end_is_bounded()
    {
        var log = new byte[3_000_000];
        Array.Fill(log, (byte)'a');
        CollectingSink.Read(log).Messages.ShouldBeEmpty();
    }
}
