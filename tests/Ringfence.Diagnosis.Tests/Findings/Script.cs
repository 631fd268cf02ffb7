using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Media.Codecs;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Writes a call as a capture, message by message: A is the caller, B the callee. Every message is 100 ms after the one before.</summary>
internal sealed class Script
{
    public const string AHost = "203.0.113.1";
    public const string BHost = "198.51.100.1";
    public const string Offer =
        "v=0\r\no=a 1 1 IN IP4 203.0.113.1\r\ns=-\r\nc=IN IP4 203.0.113.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";
    public const string Answer =
        "v=0\r\no=b 1 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

    private readonly List<(long Time, byte[] Frame)> _frames = [];
    private long _time = 1_700_000_000_000;
    private string _callId = "1";
    private string _from = "+33140000001";
    private string _to = "+33140000002";
    private string _a = AHost;
    private string _b = BHost;
    private int _cseq = 1;

    /// <summary>Milliseconds since 1970, now.</summary>
    public long Now => _time;

    public Script Wait(double seconds)
    {
        _time += (long)(seconds * 1_000);
        return this;
    }

    /// <summary>From here on another call.</summary>
    public Script Call(string callId, string? from = null, string? to = null, string? a = null, string? b = null)
    {
        (_callId, _from, _to, _a, _b) = (callId, from ?? _from, to ?? _to, a ?? _a, b ?? _b);
        _cseq = 1;
        return this;
    }

    public Script A(
        string method,
        string? sdp = null,
        string headers = "",
        int? cseq = null,
        string tag = "",
        string? uri = null
    ) => Send(_a, _b, Request(method, "a", tag, sdp, headers, cseq, uri));

    /// <summary>A request of the callee, within the call.</summary>
    public Script FromB(string method, string headers = "", int cseq = 1) =>
        Send(_b, _a, Request(method, "b", "a", null, headers, cseq, null));

    public Script B(
        int status,
        string? sdp = null,
        string headers = "",
        string of = "INVITE",
        string tag = "b",
        int? cseq = null,
        string phrase = "Phrase"
    ) =>
        Send(
            _b,
            _a,
            $"SIP/2.0 {status} {phrase}\r\n" + Common(of, "a", status == 100 ? "" : tag, cseq) + headers + Body(sdp)
        );

    public Script ToB(int status, string of) =>
        Send(_a, _b, $"SIP/2.0 {status} OK\r\n" + Common(of, "b", "a", 1) + Body(null));

    /// <summary>RTP, 50 packets a second, without moving the time on.</summary>
    public Script Rtp(
        double seconds,
        bool toCaller = true,
        int type = 8,
        uint ssrc = 7,
        int port = 6000,
        byte fill = 0xD5,
        Func<int, short>? tone = null,
        int skip = 0,
        string? to = null,
        int toPort = 0
    )
    {
        for (var i = 0; i < (int)(seconds * 50); i++)
        {
            if (skip > 0 && i % skip == 1)
            {
                continue;
            }

            var header = Packets.Join(
                [0x80, (byte)type],
                Packets.U16(i),
                Packets.U32((uint)(160 * i)),
                Packets.U32(ssrc)
            );
            var payload = tone is null ? Enumerable.Repeat(fill, 160).ToArray() : Encode(tone, i * 160);
            var packet = Packets.Join(header, payload);
            var frame = toCaller
                ? Udp(_b, port, to ?? _a, toPort > 0 ? toPort : 4000, packet)
                : Udp(_a, 4000, to ?? _b, toPort > 0 ? toPort : port, packet);
            _frames.Add((_time + (20 * i), frame));
        }

        return this;
    }

    public Script Unreachable(string from, string to, int toPort)
    {
        var quoted = Packets.IPv4(17, Packets.Udp(new byte[8], 6000, toPort), from, to);
        var icmp = Packets.Join([3, 3, 0, 0, 0, 0, 0, 0], quoted);
        _frames.Add((_time, Packets.Ethernet(Packets.IPv4Type, Packets.IPv4(1, icmp, to, from))));
        return this;
    }

    /// <summary>A request of the caller within the call, with any body.</summary>
    public Script Raw(string method, string headers, string body) =>
        Send(
            _a,
            _b,
            $"{method} sip:{_to}@example.org SIP/2.0\r\n"
                + Common(method, "a", "b", 9)
                + headers
                + $"Content-Length: {body.Length}\r\n\r\n{body}"
        );

    /// <summary>A digit of the caller as a named event: three packets, the last one says that it has ended.</summary>
    public Script Event(byte digit)
    {
        for (var i = 0; i < 3; i++)
        {
            var header = Packets.Join([0x80, 101], Packets.U16(i), Packets.U32(1_000), Packets.U32(5));
            var payload = Packets.Join([digit, (byte)(i == 2 ? 0x8A : 0x0A)], Packets.U16(160 * (i + 1)));
            _frames.Add((_time + (20 * i), Udp(_a, 4000, _b, 6000, Packets.Join(header, payload))));
        }

        return this;
    }

    /// <summary>A request in two IP fragments, the last of which may be lost.</summary>
    public Script Fragmented(string method, string sdp, bool last)
    {
        const int First = 800;
        var udp = Packets.Udp(Encoding.Latin1.GetBytes(Request(method, "a", "", sdp, "", null, null)));
        _frames.Add((_time, Packets.Ethernet(Packets.IPv4Type, Packets.IPv4(17, udp[..First], _a, _b, 77, 0x2000))));
        if (last)
        {
            _frames.Add(
                (_time, Packets.Ethernet(Packets.IPv4Type, Packets.IPv4(17, udp[First..], _a, _b, 77, First / 8)))
            );
        }

        return this;
    }

    /// <summary>The same message again, as many times, each twice as late as the one before.</summary>
    public Script Again(int times)
    {
        var last = _frames[^1].Frame;
        for (var i = 0; i < times; i++)
        {
            _time += 500L << Math.Min(i, 3);
            _frames.Add((_time, last));
        }

        return this;
    }

    public byte[] Pcap()
    {
        var ordered = _frames.OrderBy(f => f.Time).ToList();
        var blocks = ordered.Select(f => Packets.EnhancedPacket(0, (ulong)f.Time * 1_000, f.Frame));
        return Packets.Join([Packets.SectionHeader(), Packets.Interface(1), .. blocks]);
    }

    public CallTrace Trace() => CallTrace.Read([CaptureInput.Bytes("script", Pcap())]);

    public CallDiagnosis Diagnose() => CallDiagnosis.Of(Trace());

    public static short Sine(int at, double frequency) =>
        (short)(8_000 * Math.Sin(2 * Math.PI * frequency * at / 8_000));

    private static byte[] Encode(Func<int, short> tone, int start)
    {
        var payload = new byte[160];
        using var codec = AudioCodecs.Create(AudioFormat.Pcma)!;
        codec.Encode(Enumerable.Range(start, 160).Select(tone).ToArray(), payload);
        return payload;
    }

    private string Request(
        string method,
        string fromTag,
        string toTag,
        string? sdp,
        string headers,
        int? cseq,
        string? uri
    )
    {
        _cseq = cseq ?? _cseq;
        return $"{method} {uri ?? $"sip:{_to}@example.org"} SIP/2.0\r\n"
            + Common(method, fromTag, toTag, cseq)
            + headers
            + Body(sdp);
    }

    private string Common(string method, string fromTag, string toTag, int? cseq)
    {
        var (from, to) = fromTag == "a" ? (_from, _to) : (_to, _from);
        var toPart = toTag.Length > 0 ? ";tag=" + toTag : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Via: SIP/2.0/UDP {_a}:5060;branch=z9hG4bK{_callId}{method}{cseq ?? _cseq}\r\nFrom: <sip:{from}@example.org>;tag={fromTag}\r\nTo: <sip:{to}@example.org>{toPart}\r\nCall-ID: {_callId}\r\nCSeq: {cseq ?? _cseq} {method}\r\nMax-Forwards: 70\r\n"
        );
    }

    private static string Body(string? sdp) =>
        sdp is null
            ? "Content-Length: 0\r\n\r\n"
            : $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";

    private Script Send(string from, string to, string message)
    {
        _frames.Add((_time, Udp(from, 5060, to, 5060, Encoding.Latin1.GetBytes(message))));
        _time += 100;
        return this;
    }

    private static byte[] Udp(string from, int fromPort, string to, int toPort, byte[] payload) =>
        Packets.Ethernet(Packets.IPv4Type, Packets.IPv4(17, Packets.Udp(payload, fromPort, toPort), from, to));
}
