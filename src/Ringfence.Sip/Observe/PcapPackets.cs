using System.Buffers.Binary;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Dresses messages in the IP and UDP or TCP headers that they came in, or would have come in without TLS and WebSocket, so that every
/// reader of captures follows them. One thread only.
/// </summary>
internal sealed class PcapPackets
{
    private const int MaxFlows = 4096;
    private const int Segment = 65_000;
    private const byte PushAck = 0x18;

    private readonly Dictionary<(Peer From, Peer To), uint> _sent = [];

    /// <summary>The header of a capture file: microseconds, and packets that begin with their IP header (LINKTYPE_RAW).</summary>
    internal static byte[] FileHeader()
    {
        byte[] header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 101);
        return header;
    }

    /// <summary>Writes a message as one packet, or several TCP segments.</summary>
    internal void Write(Stream file, TapRecord record)
    {
        for (ReadOnlySpan<byte> rest = record.Bytes; !rest.IsEmpty; )
        {
            ReadOnlySpan<byte> payload = rest[..Math.Min(rest.Length, Segment)];
            rest = rest[payload.Length..];
            WritePacket(file, record, payload);
        }
    }

    private void WritePacket(Stream file, TapRecord record, ReadOnlySpan<byte> payload)
    {
        bool isUdp = record.From.Kind == TransportKind.Udp;
        bool isIPv4 = record.From.IsIPv4 && record.To.IsIPv4;
        int ipLength = isIPv4 ? 20 : 40;
        int transportLength = isUdp ? 8 : 20;
        byte[] packet = new byte[16 + ipLength + transportLength + payload.Length];
        int length = packet.Length - 16;
        BinaryPrimitives.WriteUInt32LittleEndian(packet, (uint)record.Time.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32LittleEndian(
            packet.AsSpan(4),
            (uint)(record.Time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond)
        );
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(8), length);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(12), length);
        Span<byte> ip = packet.AsSpan(16, ipLength);
        Span<byte> datagram = packet.AsSpan(16 + ipLength);
        payload.CopyTo(datagram[transportLength..]);
        WriteTransport(datagram, record, payload.Length, isUdp);
        byte protocol = IpProtocol.Of(record.From.Kind);
        uint sum = isIPv4
            ? WriteIPv4(ip, record, protocol, datagram.Length)
            : WriteIPv6(ip, record, protocol, datagram.Length);
        ushort checksum = Fold(Sum(datagram, sum + protocol + (uint)datagram.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[(isUdp ? 6 : 16)..], checksum == 0 ? ushort.MaxValue : checksum);
        file.Write(packet);
    }

    private void WriteTransport(Span<byte> header, TapRecord record, int payload, bool isUdp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header, record.From.Port);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], record.To.Port);
        if (isUdp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)header.Length);
            return;
        }

        if (_sent.Count >= MaxFlows)
        {
            _sent.Clear();
        }

        (Peer, Peer) flow = (Bare(record.From), Bare(record.To));
        uint sent = _sent.GetValueOrDefault(flow, 1u);
        _sent[flow] = sent + (uint)payload;
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], sent);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], _sent.GetValueOrDefault((flow.Item2, flow.Item1), 1u));
        header[12] = 5 << 4;
        header[13] = PushAck;
        BinaryPrimitives.WriteUInt16BigEndian(header[14..], ushort.MaxValue);
    }

    /// <summary>Writes the header; returns the sum of the addresses, which the transport's checksum covers.</summary>
    private static uint WriteIPv4(Span<byte> header, TapRecord record, byte protocol, int payload)
    {
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(20 + payload));
        header[8] = 64;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], (uint)record.From.Address);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], (uint)record.To.Address);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Fold(Sum(header, 0)));
        return Sum(header[12..], 0);
    }

    private static uint WriteIPv6(Span<byte> header, TapRecord record, byte protocol, int payload)
    {
        header[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)payload);
        header[6] = protocol;
        header[7] = 64;
        BinaryPrimitives.WriteUInt128BigEndian(header[8..], record.From.Address);
        BinaryPrimitives.WriteUInt128BigEndian(header[24..], record.To.Address);
        return Sum(header[8..], 0);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }

    private static ushort Fold(uint sum)
    {
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }

    private static Peer Bare(in Peer peer) => peer with { Listener = 0, Connection = 0, Domain = null };
}
