using System.Text.Json;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>One message as many programs write it down: what, how, when, between whom.</summary>
internal static class LogSamples
{
    public const string Head =
        "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: 1\nCSeq: 1 INVITE\n";

    public const string Invite = "INVITE sip:b@192.0.2.2 SIP/2.0\n" + Head + "Content-Length: 12\n\nv=0\ns=-\n\n";

    public const string Ringing = "SIP/2.0 180 Ringing\n" + Head + "Content-Length: 0\n\n";

    public static readonly string Indented = string.Join("\n", Ringing.Split('\n').Select(line => "   " + line));

    public static readonly string Octal = Ringing.Replace("\n", "#015#012", StringComparison.Ordinal);

    public static readonly string PerLine = string.Join(
        "\n",
        Ringing.TrimEnd('\n').Split('\n').Append("").Select(line => $"Jul 12 11:47:35 host kamailio[77]: {line}")
    );

    public static readonly string Pjsip =
        "<--- Received SIP response (300 bytes) from UDP:192.0.2.7:5060 --->\n"
        + Ringing
        + "\n    -- SIP/100 is ringing";

    public static readonly string FreeSwitch =
        "recv 300 bytes from udp/[192.0.2.7]:5060 at 11:47:35.500000:\n   ------------------------------------------------------------------------\n"
        + Indented
        + "\n   ------------------------------------------------------------------------";

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
            { "a byte order mark first", "\uFEFF" + Ringing, "", "? > 192.0.2.1:5070" },
            {
                "Asterisk, each line stamped",
                Each(
                    "[Jul 12 11:47:35] ",
                    "<--- SIP read from UDP:192.0.2.7:5060 --->\n" + Ringing + "<------------->"
                ),
                "1970 11:47:35.000",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "a container, each line stamped",
                Each("2021-07-12T11:47:35.500000001Z ", Pjsip),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "the kubelet",
                Each("2021-07-12T11:47:35.500000001Z stdout F ", Pjsip),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "several containers",
                "2021-07-12 11:47:35.500\n" + Each("pbx-1  | ", Pjsip),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "a pod",
                "2021-07-12 11:47:35.500\n" + Each("[pod/pbx-0/asterisk] ", Pjsip),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "a container's JSON",
                string.Concat(
                    Pjsip
                        .Split('\n')
                        .Select(line =>
                            JsonSerializer.Serialize(
                                new
                                {
                                    log = line + "\r\n",
                                    stream = "stdout",
                                    time = "2021-07-12T11:47:35.5Z",
                                }
                            ) + "\n"
                        )
                ),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "JSON around a message",
                JsonSerializer.Serialize(
                    new Dictionary<string, object>
                    {
                        ["@timestamp"] = "2021-07-12T11:47:35.500Z",
                        ["x"] = new[] { 1 },
                        ["message"] = "got " + Ringing.ReplaceLineEndings("\r\n"),
                    }
                ),
                "11:47:35.500",
                "? > 192.0.2.1:5070"
            },
            {
                "FreeSWITCH in colour",
                "2021-07-12 00:00:00\n"
                    + string.Concat(FreeSwitch.Split('\n').Select(line => $"\e[m\e[32m{line}\e[0m\n")),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "FreeSWITCH, the channel before each line",
                "2021-07-12 00:00:00\n" + Each("7a1c93de-2b60-4a2e-9d0a-1234567890ab ", FreeSwitch),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "PJSIP",
                $"2021-07-12 00:00:00\n11:47:35.500     pjsua_core.c  .RX 300 bytes Response msg 180/INVITE/cseq=1 (rdata0x55) from UDP 192.0.2.7:5060:\n{Ringing}\n--end msg--\n",
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "Android",
                Each(
                    "2021-07-12 11:47:35.500 20476-20521 System.out  org.example.phone  I  ",
                    "11:47:35.4 sip.c RX 300 bytes Response msg 180 (rdata0x5) from TLS 192.0.2.7:5060:\n"
                        + Ringing
                        + "--end msg--"
                ),
                "11:47:35.500",
                "192.0.2.7:5060 > 192.0.2.1:5070"
            },
            {
                "OpenSIPS",
                "1626090455.500000 UDP/SIP 192.0.2.7:5062 -> 192.0.2.8:5064\n" + Ringing,
                "11:47:35.500",
                "192.0.2.7:5062 > 192.0.2.8:5064"
            },
        };

    private static string Each(string prefix, string lines) =>
        string.Concat(lines.Split('\n').Select(line => (prefix + line).TrimEnd() + "\n"));
}
