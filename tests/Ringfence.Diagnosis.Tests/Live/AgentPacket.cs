using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Diagnosis.Tests.Live;

/// <summary>What a capture agent sends: HEP of version 3.</summary>
internal static class AgentPacket
{
    public static byte[] Of(uint seconds, byte[] message)
    {
        var time = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(time, seconds);
        byte[] body =
        [
            .. Chunk(2, [17]),
            .. Chunk(3, [192, 0, 2, 10]),
            .. Chunk(4, [192, 0, 2, 1]),
            .. Chunk(7, [0x13, 0xC4]),
            .. Chunk(8, [0x13, 0xC4]),
            .. Chunk(9, time),
            .. Chunk(11, [1]),
            .. Chunk(15, message),
        ];
        byte[] packet = [.. "HEP3"u8, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)packet.Length);
        return packet;
    }

    public static byte[] Sip(string startLine) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=a\r\n"
                + $"To: <sip:b@x>{(startLine.StartsWith("SIP", StringComparison.Ordinal) ? ";tag=b" : "")}\r\n"
                + "Call-ID: agent\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
        );

    private static byte[] Chunk(byte type, byte[] value)
    {
        byte[] chunk = [0, 0, 0, type, 0, 0, .. value];
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(4), (ushort)chunk.Length);
        return chunk;
    }
}
