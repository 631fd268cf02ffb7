using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>Writes packets byte by byte, from the message down to the link.</summary>
internal static class Packets
{
    public const ushort IPv4Type = 0x0800;
    public const ushort IPv6Type = 0x86DD;

    public static readonly byte[] Options = Message("OPTIONS sip:bob@example.org SIP/2.0", "");

    public static byte[] Message(string startLine, string body, string callId = "1@test") =>
        Encoding.Latin1.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nFrom: <sip:a@example.org>;tag=1\r\n"
                + $"To: <sip:b@example.org>\r\nCall-ID: {callId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Udp(byte[] payload, int from = 5060, int to = 5060) =>
        Join(U16(from), U16(to), U16(8 + payload.Length), U16(0), payload);

    public static byte[] Tcp(
        uint sequence,
        byte[] payload,
        byte flags = 0x18,
        int from = 40000,
        int to = 5060,
        uint ack = 1
    ) => Join(U16(from), U16(to), U32(sequence), U32(ack), [0x50, flags], U16(65535), U16(0), U16(0), payload);

    public static byte[] IPv4(
        byte protocol,
        byte[] payload,
        string from = "192.0.2.1",
        string to = "192.0.2.2",
        int id = 1,
        int fragment = 0
    ) =>
        Join(
            [0x45, 0],
            U16(20 + payload.Length),
            U16(id),
            U16(fragment),
            [64, protocol],
            U16(0),
            IPAddress.Parse(from).GetAddressBytes(),
            IPAddress.Parse(to).GetAddressBytes(),
            payload
        );

    public static byte[] IPv6(byte next, byte[] payload, string from = "2001:db8::1", string to = "2001:db8::2") =>
        Join(
            [0x60, 0, 0, 0],
            U16(payload.Length),
            [next, 64],
            IPAddress.Parse(from).GetAddressBytes(),
            IPAddress.Parse(to).GetAddressBytes(),
            payload
        );

    public static byte[] Ethernet(ushort type, byte[] payload) => Join(new byte[12], U16(type), payload);

    public static byte[] UdpFrame(byte[] payload) => Ethernet(IPv4Type, IPv4(17, Udp(payload)));

    public static byte[] TcpFrame(uint sequence, byte[] payload, byte flags = 0x18) =>
        Ethernet(IPv4Type, IPv4(6, Tcp(sequence, payload, flags)));

    /// <summary>A capture file of frames a millisecond apart.</summary>
    public static byte[] Pcap(int linkType, params byte[][] frames)
    {
        var file = new MemoryStream();
        file.Write([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0]);
        file.Write(BitConverter.GetBytes(linkType));
        for (var i = 0; i < frames.Length; i++)
        {
            file.Write(BitConverter.GetBytes(1_700_000_000 + (i / 1_000)));
            file.Write(BitConverter.GetBytes(1_000 * (i % 1_000)));
            file.Write(BitConverter.GetBytes(frames[i].Length));
            file.Write(BitConverter.GetBytes(frames[i].Length));
            file.Write(frames[i]);
        }

        return file.ToArray();
    }

    /// <summary>A pcapng block of little-endian form.</summary>
    public static byte[] Block(uint type, byte[] body)
    {
        var padded = Join(body, new byte[-body.Length & 3]);
        var total = BitConverter.GetBytes(12 + padded.Length);
        return Join(BitConverter.GetBytes(type), total, padded, total);
    }

    public static byte[] SectionHeader() =>
        Block(0x0A0D0D0A, Join(BitConverter.GetBytes(0x1A2B3C4D), [1, 0, 0, 0], BitConverter.GetBytes(-1L)));

    public static byte[] Interface(ushort linkType, params byte[] options) =>
        Block(1, Join(BitConverter.GetBytes(linkType), [0, 0], BitConverter.GetBytes(0), options));

    public static byte[] EnhancedPacket(int index, ulong ticks, byte[] frame) =>
        Block(
            6,
            Join(
                BitConverter.GetBytes(index),
                BitConverter.GetBytes((uint)(ticks >> 32)),
                BitConverter.GetBytes((uint)ticks),
                BitConverter.GetBytes(frame.Length),
                BitConverter.GetBytes(frame.Length),
                frame
            )
        );

    public static byte[] Secrets(string keyLog)
    {
        var text = Encoding.ASCII.GetBytes(keyLog);
        return Block(10, Join(BitConverter.GetBytes(0x544C534B), BitConverter.GetBytes(text.Length), text));
    }
}
