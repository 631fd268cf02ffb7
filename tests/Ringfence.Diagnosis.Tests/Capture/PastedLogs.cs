using System.Net;
using System.Text;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>
/// A request that a machine sent and the response that it got, in the shapes in which phones, gateways and servers log them, and in those that
/// mail, pages and editors make of a log.
/// </summary>
internal static class PastedLogs
{
    private const string Head =
        "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1\nFrom: \"A\" <sip:a@x.example>;tag=1\nTo: <sip:b@x.example>\nCall-ID: 1\nCSeq: 1 INVITE\n";

    public const string Invite =
        "INVITE sip:b@192.0.2.7 SIP/2.0\n"
        + Head
        + "Content-Type: application/sdp\nContent-Length: 57\n\nv=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nm=audio 9 RTP/AVP 0\n";

    public const string Ringing = "SIP/2.0 180 Ringing\n" + Head + "Content-Length: 0\n\n";

    private const string Ends = "192.0.2.1:5070 192.0.2.7:5060";

    private static readonly string Asterisk =
        $"<--- Transmitting SIP request (1 bytes) to UDP:192.0.2.7:5060 --->\n{Invite}\n"
        + $"<--- Received SIP response (1 bytes) from UDP:192.0.2.7:5060 --->\n{Ringing}\n";

    /// <summary>Name, bytes, what the ends are ("own peer"), the time of the second message.</summary>
    public static TheoryData<string, byte[], string, string> All()
    {
        TheoryData<string, byte[], string, string> all = [];
        AddForms(all);
        AddPrograms(all);
        AddClocks(all);
        return all;
    }

    private static void AddForms(TheoryData<string, byte[], string, string> all)
    {
        void Add(string name, string text) => all.Add(name, Encoding.UTF8.GetBytes(text), Ends, "");
        all.Add(
            "UTF-16, as Windows writes it",
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Crlf(Asterisk))],
            Ends,
            ""
        );
        all.Add(
            "UTF-16, big-endian",
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Asterisk)],
            Ends,
            ""
        );
        Add("CRLF and LF mixed", Crlf(Asterisk[..300]) + Asterisk[300..]);
        Add("two carriage returns a line", Asterisk.Replace("\n", "\r\r\n", StringComparison.Ordinal));
        Add("every line end doubled", Asterisk.Replace("\n", "\n\n", StringComparison.Ordinal));
        Add("carriage returns shown as ^M", Asterisk.Replace("\n", "^M\n", StringComparison.Ordinal));
        Add("escaped for HTML", WebUtility.HtmlEncode(Asterisk));
        Add("quoted in mail", Each("> ", Asterisk));
        Add("quoted twice", Each(">> ", Asterisk));
        Add("indented as code", "Here it is:\n\n" + Each("    ", Asterisk) + "\nThanks\n");
        Add("indented by no-break spaces", Each("\u00A0\u00A0", Asterisk));
        Add("fenced as code", $"Here it is:\n```\n{Asterisk}```\nThanks\n");
        Add("no empty line before the body", Asterisk.Replace("\n\nv=0", "\nv=0", StringComparison.Ordinal));
        Add("colours", string.Concat(Asterisk.Split('\n').Select(line => $"\e[1;32m{line}\e[0m\n")));
    }

    private static void AddPrograms(TheoryData<string, byte[], string, string> all)
    {
        void Add(string name, string sent, string received, string time, Func<string, string>? form = null) =>
            all.Add(
                name,
                Encoding.UTF8.GetBytes((form ?? Same)(sent + Invite) + (form ?? Same)(received + Ringing)),
                Ends,
                time
            );
        Add(
            "Linphone",
            "2021-07-12 11:47:35:400 belle-sip-message-channel [0x1]: message sent to [UDP://192.0.2.7:5060], size: [9] bytes\n",
            "2021-07-12 11:47:35:500 belle-sip-message-channel [0x1]: received [9] new bytes from [UDP://192.0.2.7:5060]:\n",
            "2021-07-12 11:47:35.500"
        );
        Add(
            "Linphone on Android",
            "channel [0x1]: message sent to [UDP://192.0.2.7:5060], size: [9] bytes\n",
            "channel [0x1]: received [9] new bytes from [UDP://192.0.2.7:5060]:\n",
            "2021-07-12 11:47:35.500",
            text => Each("2021-07-12 11:47:35.500 23-24/org.example.phone I/belle-sip: ", text)
        );
        Add(
            "Cisco IOS",
            "Jul 12 11:47:35.400: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:\nSent: \n",
            "Jul 12 11:47:35.500: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:\nReceived: \n",
            "1970-07-12 11:47:35.500"
        );
        Add(
            "Cisco IOS without empty lines",
            "001234: Jul 12 11:47:35.400 UTC: //1/8E2C/SIP/Msg/ccsipDisplayMsg:\nSent: \n",
            "001235: Jul 12 11:47:35.500 UTC: //1/8E2C/SIP/Msg/ccsipDisplayMsg:\nReceived: \n",
            "1970-07-12 11:47:35.500",
            text => text.Replace("\n\n", "\n", StringComparison.Ordinal)
        );
        Add(
            "Cisco CallManager",
            "2021-07-12 11:47:35.400 |AppInfo |SIPTcp - wait: Outgoing SIP UDP message to 192.0.2.7 on port 5060 index 1 \n[1234,NET]\n",
            "2021-07-12 11:47:35.500 |AppInfo |SIPTcp - wait: Incoming SIP UDP message from 192.0.2.7 on port 5060 index 1 \n[1235,NET]\n",
            "2021-07-12 11:47:35.500"
        );
        Add(
            "Oracle, Acme Packet",
            "----------------------------------------\nJul 12 11:47:35.400 On [1:0]192.0.2.1:5070 sent to 192.0.2.7:5060\n",
            "----------------------------------------\nJul 12 11:47:35.500 On [1:0]192.0.2.1:5070 received from 192.0.2.7:5060\n",
            "1970-07-12 11:47:35.500"
        );
        Add(
            "AudioCodes",
            "2021-07-12 11:47:35.400  192.0.2.1  local0.notice  [S=1] [SID=a:1:5] ---- Outgoing SIP Message to 192.0.2.7:5060 from SIPInterface #0 ----\n",
            "2021-07-12 11:47:35.500  192.0.2.1  local0.notice  [S=2] [SID=a:1:5] ---- Incoming SIP Message from 192.0.2.7:5060 to SIPInterface #0 ----\n",
            "2021-07-12 11:47:35.500"
        );
        Add(
            "Yealink, by syslog",
            "Message sent: (to dest=192.0.2.7:5060 len=9)\n",
            "Received message len 9 from 192.0.2.7:5060:\n",
            "1970-07-12 11:47:35.000",
            text => Each("Jul 12 11:47:35 sua [1234]: DLG <6+info  > [000] ", text)
        );
        Add(
            "Polycom",
            ">>> Data Send to 192.0.2.7:5060\n",
            "<<< Data Received from 192.0.2.7:5060\n",
            "1970-07-12 11:47:35.000",
            text => Each("0712114735|sip  |1|00|    ", text)
        );
        Add(
            "3CX",
            "2021-07-12 11:47:35.400|.\\Stack.cpp(25)|Trac5||Send Req INVITE to 192.0.2.7:5060 tid=1\n",
            "2021-07-12 11:47:35.500|.\\Stack.cpp(25)|Trac5||Recv Resp 180 from 192.0.2.7:5060 tid=1\n",
            "2021-07-12 11:47:35.500"
        );
        Add(
            "SIP.js",
            "Mon Jul 12 2021 13:47:35 GMT+0200 | sip.Transport | Sending WebSocket message:\n\n",
            "Mon Jul 12 2021 13:47:35 GMT+0200 | sip.Transport | Received WebSocket text message:\n\n",
            "2021-07-12 11:47:35.000"
        );
        Add(
            "baresip",
            "2021-07-12 11:47:35.400#\nUDP 192.0.2.1:5070 -> 192.0.2.7:5060\n",
            "2021-07-12 11:47:35.500#\nUDP 192.0.2.7:5060 -> 192.0.2.1:5070\n",
            "2021-07-12 11:47:35.500"
        );
    }

    private static void AddClocks(TheoryData<string, byte[], string, string> all)
    {
        void Add(string clock, string expected) =>
            all.Add(
                clock,
                Encoding.UTF8.GetBytes(
                    $"{clock} Sending to 192.0.2.7:5060\n{Invite}{clock} Received from 192.0.2.7:5060\n{Ringing}"
                ),
                Ends,
                expected
            );
        Add("12.07.2021 11:47:35,500", "2021-07-12 11:47:35.500");
        Add("7/12/2021 11:47:35 PM", "2021-07-12 23:47:35.000");
        Add("7/12/2021 12:47:35 AM", "2021-07-12 00:47:35.000");
        Add("1626090455.5", "2021-07-12 11:47:35.500");
        Add("1626090455500", "2021-07-12 11:47:35.500");
        Add("Jul 12, 2021 11:47:35.5", "2021-07-12 11:47:35.500");
        all.Add(
            "seconds in JSON",
            Encoding.UTF8.GetBytes(
                string.Concat(
                    new[] { Invite, Ringing }.Select(text =>
                        $$"""{"ts":1626090455.5,"level":"info","payload":"{{Crlf(text).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r\n", "\\r\\n", StringComparison.Ordinal)}}"}"""
                        + "\n"
                    )
                )
            ),
            "192.0.2.1:5070 ?",
            "2021-07-12 11:47:35.500"
        );
    }

    private static string Same(string text) => text;

    private static string Crlf(string text) => text.ReplaceLineEndings("\r\n");

    private static string Each(string prefix, string lines) =>
        string.Concat(
            lines.TrimEnd('\n').Split('\n').Append("").Select(line => (prefix + line).TrimEnd(' ', '\u00A0') + "\n")
        );
}
