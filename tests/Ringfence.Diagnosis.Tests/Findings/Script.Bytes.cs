using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>The bytes of a script: SIP by the stack's own writer, RTP and SRTP by the media library.</summary>
internal sealed partial class Script
{
    private static byte[] Encode(Func<int, short> tone, int start)
    {
        var payload = new byte[160];
        using var codec = AudioCodecs.Create(AudioFormat.Pcma)!;
        codec.Encode(Enumerable.Range(start, 160).Select(tone).ToArray(), payload);
        return payload;
    }

    private byte[] Request(
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
        _writer.StartRequest(Utf8(method), Utf8(uri ?? $"sip:{_to}@example.org"));
        WriteCommon(method, fromTag, toTag, cseq);
        return Finish(headers, sdp);
    }

    private byte[] Response(
        int status,
        string phrase,
        string of,
        string fromTag,
        string toTag,
        int? cseq,
        string headers,
        string? sdp
    )
    {
        _writer.StartResponse(status, Utf8(phrase));
        WriteCommon(of, fromTag, toTag, cseq);
        return Finish(headers, sdp);
    }

    private void WriteCommon(string method, string fromTag, string toTag, int? cseq)
    {
        var (from, to) = fromTag == "a" ? (_from, _to) : (_to, _from);
        var number = (cseq ?? _cseq).ToString(CultureInfo.InvariantCulture);
        _writer.Header(HeaderId.Via, Utf8($"SIP/2.0/UDP {_a}:5060;branch=z9hG4bK{_callId}{method}{number}"));
        _writer.Header(HeaderId.From, Utf8($"<sip:{from}@example.org>;tag={fromTag}"));
        _writer.Header(HeaderId.To, Utf8($"<sip:{to}@example.org>" + (toTag.Length > 0 ? ";tag=" + toTag : "")));
        _writer.Header(HeaderId.CallId, Utf8(_callId));
        _writer.Header(HeaderId.CSeq, Utf8($"{number} {method}"));
        _writer.Header(HeaderId.MaxForwards, 70);
    }

    private byte[] Finish(string headers, string? body, string type = "application/sdp")
    {
        foreach (var line in headers.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            _writer.Header(Utf8(line[..colon]), Utf8(line[(colon + 1)..].Trim()));
        }

        return [.. body is null ? _writer.Finish() : _writer.Finish(Utf8(type), Utf8(body))];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Header(int type, int sequence, uint timestamp, uint ssrc)
    {
        var header = new byte[RtpPacket.HeaderLength];
        RtpPacket.WriteHeader(header, new RtpHeader((byte)type, false, (ushort)sequence, timestamp, ssrc));
        return header;
    }

    private static byte[] Protect(SrtpContext? srtp, byte[] packet)
    {
        if (srtp is null)
        {
            return packet;
        }

        var room = new byte[packet.Length + srtp.Overhead];
        packet.CopyTo(room, 0);
        return room[..srtp.Protect(room, packet.Length)];
    }

    private Script Send(string from, string to, byte[] message)
    {
        _frames.Add((_time, Udp(from, 5060, to, 5060, message, 0)));
        _time += 100;
        return this;
    }

    private static byte[] Udp(string from, int fromPort, string to, int toPort, byte[] payload, int dscp)
    {
        var packet = Packets.IPv4(17, Packets.Udp(payload, fromPort, toPort), from, to);
        packet[1] = (byte)(dscp << 2);
        return Packets.Ethernet(Packets.IPv4Type, packet);
    }
}
