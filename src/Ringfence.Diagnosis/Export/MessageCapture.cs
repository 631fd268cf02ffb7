using System.Buffers.Binary;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Writes SIP messages as a capture that every tool can read: pcap of raw IP packets with nanoseconds, one UDP datagram a message whatever
/// carried it. Messages longer than a datagram are left out.
/// </summary>
public sealed class MessageCapture : IDisposable
{
    private const int RawIp = 101;
    private const int MaxPayload = 65_000;
    private readonly Stream _output;

    /// <summary>Begins a capture.</summary>
    /// <param name="output">Where it goes; stays open.</param>
    public MessageCapture(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], RawIp);
        _output.Write(header);
    }

    /// <summary>Writes the messages of calls, anonymised if an anonymiser is given.</summary>
    public static void Write(Stream output, IEnumerable<Call> calls, Anonymiser? anonymiser)
    {
        ArgumentNullException.ThrowIfNull(calls);
        using var capture = new MessageCapture(output);
        foreach (var message in calls.SelectMany(call => call.Messages).OrderBy(m => m.Time).ThenBy(m => m.Frame))
        {
            if (anonymiser is null)
            {
                capture.Add(message.Time, message.Source, message.Destination, message.Sip.Bytes);
            }
            else
            {
                capture.Add(
                    message.Time,
                    anonymiser.Address(message.Source),
                    anonymiser.Address(message.Destination),
                    anonymiser.Message(message)
                );
            }
        }
    }

    /// <summary>Writes one message; false if it is too long for a datagram.</summary>
    public bool Add(
        long time,
        PacketAddress source,
        PacketAddress destination,
        ReadOnlySpan<byte> message,
        byte dscp = 0
    )
    {
        if (message.Length > MaxPayload)
        {
            return false;
        }

        var isIPv4 = source.IsIPv4 || source.IsUnknown;
        var header = isIPv4 ? 20 : 40;
        var packet = new byte[header + 8 + message.Length];
        if (isIPv4)
        {
            WriteIPv4(packet, source, destination, dscp: dscp);
        }
        else
        {
            WriteIPv6(packet, source, destination, dscp);
        }

        var udp = packet.AsSpan(header);
        BinaryPrimitives.WriteUInt16BigEndian(udp, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(8 + message.Length));
        message.CopyTo(udp[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(
            udp[6..],
            InternetChecksum.OfUdp(isIPv4 ? packet.AsSpan(12, 8) : packet.AsSpan(8, 32), udp)
        );
        Record(time, packet);
        return true;
    }

    /// <summary>Writes an ICMP error: what went from source to destination did not arrive (RFC 792). IPv4 alone; IPv6 is left out.</summary>
    public void AddUnreachable(long time, PacketAddress source, PacketAddress destination)
    {
        if (!source.IsIPv4 || !destination.IsIPv4)
        {
            return;
        }

        const int Header = 20;
        const byte Icmp = 1;
        var packet = new byte[Header + 8 + Header + 8];
        WriteIPv4(packet, destination, source, Icmp);
        packet[Header] = packet[Header + 1] = 3;
        var quoted = packet.AsSpan(Header + 8);
        WriteIPv4(quoted, source, destination);
        BinaryPrimitives.WriteUInt16BigEndian(quoted[Header..], source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(quoted[(Header + 2)..], destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(quoted[(Header + 4)..], 8);
        BinaryPrimitives.WriteUInt16BigEndian(
            quoted[(Header + 6)..],
            InternetChecksum.OfUdp(quoted.Slice(12, 8), quoted[Header..])
        );
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Header + 2), InternetChecksum.Of(packet.AsSpan(Header)));
        Record(time, packet);
    }

    private void Record(long time, byte[] packet)
    {
        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(time / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(time % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], packet.Length);
        _output.Write(record);
        _output.Write(packet);
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose() => _output.Flush();

    private static void WriteIPv4(
        Span<byte> packet,
        PacketAddress source,
        PacketAddress destination,
        byte protocol = 17,
        byte dscp = 0
    )
    {
        packet[0] = 0x45;
        // The six bits of the code point stand above two of congestion notification (RFC 2474 §3, RFC 3168 §5).
        packet[1] = (byte)(dscp << 2);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], (uint)source.Bits.Low);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], (uint)destination.Bits.Low);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Of(packet[..20]));
    }

    private static void WriteIPv6(Span<byte> packet, PacketAddress source, PacketAddress destination, byte dscp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)(0x6000 | (dscp << 6)));
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
        packet[6] = 17;
        packet[7] = 64;
        source.Bits.WriteTo(packet[8..]);
        destination.Bits.WriteTo(packet[24..]);
    }
}
