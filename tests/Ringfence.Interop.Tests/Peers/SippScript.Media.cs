using System.Globalization;

namespace Ringfence.Interop.Tests.Peers;

/// <content>Sound: what SIPp plays, and ports that are not its own.</content>
internal sealed partial class SippScript
{
    /// <summary>The caller's INVITE, its media at a port of the test's.</summary>
    internal SippScript InviteTo(int port, bool events = false, params string[] headers) =>
        Send(
            true,
            [
                "INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0",
                $"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={InviteBranch}",
                "From: <sip:+33199001234@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]",
                "To: <sip:[service]@[remote_ip]:[remote_port]>",
                "Call-ID: [call_id]",
                "CSeq: 1 INVITE",
                "Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>",
                .. headers,
                "Max-Forwards: 70",
                .. Described(port.ToString(CultureInfo.InvariantCulture), 0, events),
            ]
        );

    /// <summary>The callee's response to its INVITE with a description of what <see cref="Play"/> plays.</summary>
    internal SippScript ReplyPlaying(
        string status,
        int payloadType,
        string port = "[rtpstream_audio_port]",
        bool events = false
    ) =>
        Send(
            status[0] != '1',
            [
                $"SIP/2.0 {status}",
                "[last_Via:]",
                "[last_From:]",
                "[last_To:];tag=[pid]SIPpTag[call_number]",
                "[last_Call-ID:]",
                "[last_CSeq:]",
                "[last_Record-Route:]",
                "Contact: <sip:[local_ip]:[local_port];transport=[transport]>",
                .. Described(port, payloadType, events),
            ]
        );

    /// <summary>The steps of another script after those of this one.</summary>
    internal SippScript Then(SippScript more)
    {
        _steps.Append(more._steps);
        _variables.AddRange(more._variables);
        return this;
    }

    /// <summary>Plays a file of raw samples, over and over.</summary>
    internal SippScript Play(string file, int payloadType) => Do($"rtp_stream=\"{file},-1,{payloadType}\"");

    /// <summary>Plays a capture once, from the port of <c>[media_port]</c>.</summary>
    internal SippScript PlayCapture(string file) => Do($"play_pcap_audio=\"{file}\"");

    internal SippScript StopPlaying() => Do("rtp_stream=\"pause\"");

    private SippScript Do(string what)
    {
        _steps.AppendLine(CultureInfo.InvariantCulture, $"<nop><action><exec {what}/></action></nop>");
        return this;
    }

    private static string[] Described(string port, int payloadType, bool events = false) =>
        [
            "Content-Type: application/sdp",
            "Content-Length: [len]",
            "",
            "v=0",
            "o=- 53655765 2353687637 IN IP4 [local_ip]",
            "s=-",
            "c=IN IP4 [media_ip]",
            "t=0 0",
            $"m=audio {port} RTP/AVP {payloadType}{(events ? " 101" : "")}",
            $"a=rtpmap:{payloadType} {(payloadType == 0 ? "PCMU" : "PCMA")}/8000",
            .. events ? (string[])["a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15"] : [],
            "a=ptime:20",
        ];
}
