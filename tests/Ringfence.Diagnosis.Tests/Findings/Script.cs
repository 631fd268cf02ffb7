using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Media.Srtp;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Writes a call as a capture, message by message: A is the caller, B the callee. Every message is 100 ms after the one before.</summary>
internal sealed partial class Script
{
    public const string AHost = "203.0.113.1";
    public const string BHost = "198.51.100.1";
    private const int FrameHeaders = 14 + 20 + 8;
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
    private readonly SipWriter _writer = new();

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
    ) => Send(_b, _a, Response(status, phrase, of, "a", status == 100 ? "" : tag, cseq, headers, sdp));

    public Script ToB(int status, string of) => Send(_a, _b, Response(status, "OK", of, "b", "a", 1, "", null));

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
        int toPort = 0,
        int step = 160,
        int dscp = 46,
        SrtpContext? srtp = null,
        Func<int, byte[]>? encode = null,
        int from = 0
    )
    {
        for (var i = 0; i < (int)(seconds * 50); i++)
        {
            if (skip > 0 && i % skip == 1)
            {
                continue;
            }

            var header = Header(type, from + i, (uint)(step * (from + i)), ssrc);
            var payload =
                encode is not null ? encode(i)
                : tone is null ? Enumerable.Repeat(fill, 160).ToArray()
                : Encode(tone, i * 160);
            var packet = Protect(srtp, Packets.Join(header, payload));
            var frame = toCaller
                ? Udp(_b, port, to ?? _a, toPort > 0 ? toPort : 4000, packet, dscp)
                : Udp(_a, 4000, to ?? _b, toPort > 0 ? toPort : port, packet, dscp);
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
    public Script Body(string method, string type, string body)
    {
        _writer.StartRequest(Utf8(method), Utf8($"sip:{_to}@example.org"));
        WriteCommon(method, "a", "b", 9);
        return Send(_a, _b, Finish("", body, type));
    }

    /// <summary>The last message once more with a text replaced: what no stack of our own would write.</summary>
    public Script Spoilt(string text, string with, bool isOfB = false)
    {
        var (time, frame) = _frames[^1];
        var message = Encoding.Latin1.GetString(frame[FrameHeaders..]).Replace(text, with, StringComparison.Ordinal);
        var (from, to) = isOfB ? (_b, _a) : (_a, _b);
        _frames[^1] = (time, Udp(from, 5060, to, 5060, Encoding.Latin1.GetBytes(message), 0));
        return this;
    }

    /// <summary>A datagram that is neither SIP nor RTP, between the media ports.</summary>
    public Script Datagram(bool toCaller, byte[] payload)
    {
        _frames.Add((_time, toCaller ? Udp(_b, 6000, _a, 4000, payload, 0) : Udp(_a, 4000, _b, 6000, payload, 0)));
        _time += 100;
        return this;
    }

    /// <summary>A segment from the callee at the head of a TCP connection.</summary>
    public Script Segment(byte[] payload)
    {
        const byte Syn = 0x02;
        foreach (var (flags, sequence, bytes) in new[] { (Syn, 0u, Array.Empty<byte>()), ((byte)0x18, 1u, payload) })
        {
            var tcp = Packets.Tcp(sequence, bytes, flags, 5061, 40_000);
            _frames.Add((_time++, Packets.Ethernet(Packets.IPv4Type, Packets.IPv4(6, tcp, _b, _a))));
        }

        return this;
    }

    /// <summary>A digit of the caller as a named event: three packets, the last one may say that it has ended.</summary>
    public Script Event(byte digit, bool ends = true, int type = 101)
    {
        for (var i = 0; i < 3; i++)
        {
            var header = Header(type, i, 1_000, 5);
            var payload = Packets.Join([digit, (byte)(i == 2 && ends ? 0x8A : 0x0A)], Packets.U16(160 * (i + 1)));
            _frames.Add((_time + (20 * i), Udp(_a, 4000, _b, 6000, Packets.Join(header, payload), 46)));
        }

        return this;
    }

    /// <summary>A request in two IP fragments, the last of which may be lost.</summary>
    public Script Fragmented(string method, string sdp, bool last)
    {
        const int First = 1_200;
        var udp = Packets.Udp(Request(method, "a", "", sdp, "", null, null));
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
        byte[][] secrets = _secrets.Count == 0 ? [] : [Packets.Secrets(string.Concat(_secrets))];
        return Packets.Join([Packets.SectionHeader(), .. secrets, Packets.Interface(1), .. blocks]);
    }

    public CallTrace Trace() => CallTrace.Read([CaptureInput.Bytes("script", Pcap())]);

    public CallDiagnosis Diagnose()
    {
        using var verifier = SignedFiles.Verifier();
        return CallDiagnosis.Of(Trace(), verifier);
    }

    public static short Sine(int at, double frequency) =>
        (short)(8_000 * Math.Sin(2 * Math.PI * frequency * at / 8_000));
}
