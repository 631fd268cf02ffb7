using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Tests;

/// <summary>A call that ends with 607, as it is on the wire and as a capture agent reports it.</summary>
internal static class RefusedCall
{
    /// <summary>INVITE, 607, ACK.</summary>
    internal static byte[][] Messages(int port) =>
        [
            Message("INVITE sip:+33180001000@127.0.0.1 SIP/2.0", "", "1 INVITE", port),
            Message("SIP/2.0 607 Unwanted", ";tag=b", "1 INVITE", port),
            Message("ACK sip:+33180001000@127.0.0.1 SIP/2.0", ";tag=b", "1 ACK", port),
        ];

    private static byte[] Message(string startLine, string toTag, string cseq, int port) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1\r\nFrom: <sip:+33900123456@127.0.0.1>;tag=a\r\n"
                + $"To: <sip:+33180001000@127.0.0.1>{toTag}\r\nCall-ID: one@127.0.0.1\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );

    /// <summary>A HEP packet of version 3: family, protocol, addresses, ports, time, payload type, agent, payload.</summary>
    internal static byte[] InHep(byte[] message)
    {
        bool isResponse = message.AsSpan().StartsWith("SIP/2.0"u8);
        byte[] caller = [192, 0, 2, 10];
        byte[] callee = [192, 0, 2, 1];
        uint now = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        byte[] body =
        [
            .. Chunk(1, [2]),
            .. Chunk(2, [17]),
            .. Chunk(3, isResponse ? callee : caller),
            .. Chunk(4, isResponse ? caller : callee),
            .. Chunk(7, [0x13, 0xC4]),
            .. Chunk(8, [0x13, 0xC4]),
            .. Chunk(9, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(now))),
            .. Chunk(10, [0, 0, 0, 0]),
            .. Chunk(11, [1]),
            .. Chunk(15, message),
        ];
        byte[] packet = [.. "HEP3"u8, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)packet.Length);
        return packet;
    }

    private static byte[] Chunk(byte type, byte[] value)
    {
        byte[] chunk = [0, 0, 0, type, 0, 0, .. value];
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(4), (ushort)chunk.Length);
        return chunk;
    }
}
