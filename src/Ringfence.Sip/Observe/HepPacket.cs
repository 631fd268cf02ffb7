using System.Buffers.Binary;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Writes HEP version 3: "HEP3", the length of all, then chunks of vendor (0), type, length and value, all in network order. One thread
/// only.
/// </summary>
internal sealed class HepPacket(uint agent, string key)
{
    private const byte ProtocolSip = 1;
    private const byte FamilyIPv4 = 2;
    private const byte FamilyIPv6 = 10;
    private const int Room = 65_507;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly byte[] _buffer = new byte[Room];
    private int _length;

    /// <summary>The packet, valid until the next one is written. A payload that no datagram could hold is cut.</summary>
    internal ReadOnlySpan<byte> Write(TapRecord record)
    {
        "HEP3"u8.CopyTo(_buffer);
        _length = 6;
        bool isIPv4 = record.From.IsIPv4 && record.To.IsIPv4;
        Chunk(Type.Family, [isIPv4 ? FamilyIPv4 : FamilyIPv6]);
        Chunk(Type.Protocol, [IpProtocol.Of(record.From.Kind)]);
        Address(isIPv4 ? Type.SourceIPv4 : Type.SourceIPv6, record.From, isIPv4);
        Address(isIPv4 ? Type.DestinationIPv4 : Type.DestinationIPv6, record.To, isIPv4);
        Number(Type.SourcePort, record.From.Port);
        Number(Type.DestinationPort, record.To.Port);
        Number(Type.Seconds, (uint)record.Time.ToUnixTimeSeconds());
        Number(Type.Microseconds, (uint)(record.Time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        Chunk(Type.PayloadKind, [ProtocolSip]);
        Number(Type.Agent, agent);
        if (_key.Length > 0)
        {
            Chunk(Type.Key, _key);
        }

        ReadOnlySpan<byte> callId = Encoding.Latin1.GetBytes(record.CallId);
        Chunk(Type.Correlation, callId[..Math.Min(callId.Length, 256)]);
        Chunk(Type.Payload, record.Bytes.AsSpan(0, Math.Min(record.Bytes.Length, Room - _length - 6)));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(4), (ushort)_length);
        return _buffer.AsSpan(0, _length);
    }

    private void Address(ushort type, in Peer peer, bool isIPv4)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, peer.Address);
        Chunk(type, isIPv4 ? bytes[12..] : bytes);
    }

    private void Number(ushort type, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        Chunk(type, bytes);
    }

    private void Number(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Chunk(type, bytes);
    }

    private void Chunk(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> chunk = _buffer.AsSpan(_length);
        BinaryPrimitives.WriteUInt16BigEndian(chunk, 0);
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], type);
        BinaryPrimitives.WriteUInt16BigEndian(chunk[4..], (ushort)(value.Length + 6));
        value.CopyTo(chunk[6..]);
        _length += value.Length + 6;
    }

    private static class Type
    {
        internal const ushort Family = 1;
        internal const ushort Protocol = 2;
        internal const ushort SourceIPv4 = 3;
        internal const ushort DestinationIPv4 = 4;
        internal const ushort SourceIPv6 = 5;
        internal const ushort DestinationIPv6 = 6;
        internal const ushort SourcePort = 7;
        internal const ushort DestinationPort = 8;
        internal const ushort Seconds = 9;
        internal const ushort Microseconds = 10;
        internal const ushort PayloadKind = 11;
        internal const ushort Agent = 12;
        internal const ushort Key = 14;
        internal const ushort Payload = 15;
        internal const ushort Correlation = 17;
    }
}
