using System.Buffers.Binary;
using System.Net;
using System.Text;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Media.Codecs;

namespace Ringfence.Web.Tests;

/// <summary>Small captures: a refused call, and one with ringback before the answer.</summary>
internal static class TraceFile
{
    private const long Start = 1_790_000_000_000_000_000;
    private const long Millisecond = 1_000_000;
    private const string Offer =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0\r\n";
    private static readonly PacketAddress Caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
    private static readonly PacketAddress Callee = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);

    /// <summary>INVITE, 607, ACK.</summary>
    internal static byte[] Refused()
    {
        using MemoryStream file = new();
        using (MessageCapture capture = new(file))
        {
            capture.Add(Start, Caller, Callee, Message("INVITE sip:+33180001000@192.0.2.1 SIP/2.0", "", "INVITE"));
            capture.Add(Start + (3 * Millisecond), Callee, Caller, Message("SIP/2.0 607 Unwanted", ";tag=b", "INVITE"));
            capture.Add(
                Start + (5 * Millisecond),
                Caller,
                Callee,
                Message("ACK sip:+33180001000@192.0.2.1 SIP/2.0", ";tag=b", "ACK")
            );
        }

        return file.ToArray();
    }

    /// <summary>INVITE, 183 with six seconds of the French tone, 603.</summary>
    internal static byte[] Ringback()
    {
        using MemoryStream file = new();
        using MessageCapture capture = new(file);
        capture.Add(Start, Caller, Callee, Message("INVITE sip:+33180001000@192.0.2.1 SIP/2.0", "", "INVITE", Offer));
        string answer = Offer
            .Replace("192.0.2.10", "192.0.2.1", StringComparison.Ordinal)
            .Replace("4000 RTP/AVP 8 0", "6000 RTP/AVP 8", StringComparison.Ordinal);
        capture.Add(
            Start + (20 * Millisecond),
            Callee,
            Caller,
            Message("SIP/2.0 183 Session Progress", ";tag=b", "INVITE", answer)
        );
        const int Packets = 300;
        using IAudioCodec codec = AudioCodecs.Create(AudioFormat.Pcma)!;
        short[] samples = new short[160];
        byte[] packet = new byte[172];
        for (int i = 0; i < Packets; i++)
        {
            for (int n = 0; n < samples.Length; n++)
            {
                double seconds = ((i * 160) + n) / 8_000.0;
                samples[n] = seconds % 5 < 1.5 ? (short)(8_000 * Math.Sin(2 * Math.PI * 440 * seconds)) : (short)0;
            }

            (packet[0], packet[1]) = (0x80, 8);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)i);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(160 * i));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 77);
            codec.Encode(samples, packet.AsSpan(12));
            capture.Add(Start + ((40 + (20L * i)) * Millisecond), Callee.WithPort(6000), Caller.WithPort(4000), packet);
        }

        capture.Add(Start + (6_500 * Millisecond), Callee, Caller, Message("SIP/2.0 603 Decline", ";tag=b", "INVITE"));
        capture.Dispose();
        return file.ToArray();
    }

    private static byte[] Message(string startLine, string toTag, string method, string body = "") =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1\r\nFrom: <sip:+33900123456@192.0.2.10>;tag=a\r\n"
                + $"To: <sip:+33180001000@192.0.2.1>{toTag}\r\nCall-ID: one@192.0.2.10\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\n"
                + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")
                + $"Content-Length: {body.Length}\r\n\r\n{body}"
        );
}
