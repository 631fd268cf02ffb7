using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>An ICMP error (RFC 792, RFC 4443 §3) and the packet that it quotes.</summary>
internal readonly ref struct IcmpError
{
    public PacketAddress Source { get; private init; }

    public PacketAddress Destination { get; private init; }

    public PacketTransport Transport { get; private init; }

    public ReadOnlySpan<byte> Quoted { get; private init; }

    public static bool TryRead(byte protocol, ReadOnlySpan<byte> message, out IcmpError error)
    {
        const byte Unreachable = 3;
        const byte TimeExceeded = 11;
        const byte Unreachable6 = 1;
        const byte TimeExceeded6 = 3;
        error = default;
        if (message.Length < 8)
        {
            return false;
        }

        var quoted = message[8..];
        return protocol == Protocols.Icmp
            ? message[0] is Unreachable or TimeExceeded && TryQuoted4(quoted, out error)
            : message[0] is Unreachable6 or TimeExceeded6 && TryQuoted6(quoted, out error);
    }

    private static bool TryQuoted4(ReadOnlySpan<byte> quoted, out IcmpError error)
    {
        error = default;
        if (quoted.Length < 28 || quoted[0] >> 4 != 4)
        {
            return false;
        }

        var header = (quoted[0] & 0x0F) * 4;
        return header >= 20
            && quoted.Length >= header + 8
            && TryTransport(quoted[9], quoted[12..16], quoted[16..20], quoted[header..], out error);
    }

    private static bool TryQuoted6(ReadOnlySpan<byte> quoted, out IcmpError error)
    {
        error = default;
        return quoted.Length >= 48
            && quoted[0] >> 4 == 6
            && TryTransport(quoted[6], quoted[8..24], quoted[24..40], quoted[40..], out error);
    }

    private static bool TryTransport(
        byte protocol,
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> destination,
        ReadOnlySpan<byte> transport,
        out IcmpError error
    )
    {
        error = default;
        if (protocol is not (Protocols.Udp or Protocols.Tcp))
        {
            return false;
        }

        error = new IcmpError
        {
            Source = PacketAddress.Of(source, BinaryPrimitives.ReadUInt16BigEndian(transport)),
            Destination = PacketAddress.Of(destination, BinaryPrimitives.ReadUInt16BigEndian(transport[2..])),
            Transport = protocol == Protocols.Udp ? PacketTransport.Udp : PacketTransport.Tcp,
            Quoted = protocol == Protocols.Udp ? transport[8..] : default,
        };
        return true;
    }
}
