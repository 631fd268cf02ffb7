using System.Buffers.Binary;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A client's WebSocket frames and its request, byte for byte.</summary>
internal static class WebSocketFrames
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>A browser's connection that stands.</summary>
    public static StreamClient Upgraded(TransportRig rig)
    {
        StreamClient client = StreamClient.Connect(rig.At(TransportKind.Ws));
        client.Send(Request());
        // The answer to the example key of RFC 6455 §1.3.
        client.ReceiveUntil("\r\n\r\n").ShouldContain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        return client;
    }

    public static string Request(
        string extra = "Origin: https://phone.example.com\r\n",
        string protocol = "sip",
        string version = "13"
    ) =>
        "GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + $"Sec-WebSocket-Version: {version}\r\nSec-WebSocket-Protocol: {protocol}\r\n{extra}\r\n";

    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        byte[] header = payload.Length switch
        {
            < 126 => [0, (byte)payload.Length],
            <= ushort.MaxValue => [0, 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => Long((ulong)payload.Length),
        };
        header[0] = (byte)((isFinal ? 0x80 : 0) | opcode);
        header[1] |= 0x80;
        byte[] masked = payload.ToArray();
        for (int i = 0; i < masked.Length; i++)
        {
            masked[i] ^= Mask[i & 3];
        }

        return [.. header, .. Mask, .. masked];
    }

    public static byte[] Frame(int opcode, string payload, bool isFinal = true) =>
        Frame(opcode, Encoding.UTF8.GetBytes(payload), isFinal);

    /// <summary>A masked header that announces so much and brings nothing.</summary>
    public static byte[] Announcing(ulong length)
    {
        byte[] header = Long(length);
        header[0] = 0x81;
        header[1] |= 0x80;
        return [.. header, .. Mask];
    }

    private static byte[] Long(ulong length)
    {
        byte[] header = new byte[10];
        header[1] = 127;
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        return header;
    }
}
