using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>The headers of tunnels: GRE, ERSPAN, VXLAN, GTP-U and L2TP.</summary>
internal static class Tunnels
{
    public const ushort VxlanPort = 4789;
    public const ushort OldVxlanPort = 8472;
    public const ushort GtpUserPort = 2152;
    public const ushort L2tpPort = 1701;

    /// <summary>SCTP in UDP (RFC 6951 §4.1).</summary>
    public const ushort SctpPort = 9899;

    /// <summary>GRE (RFC 2784, RFC 2890, the enhanced form of RFC 2637) and ERSPAN in it.</summary>
    public static bool TryGre(ReadOnlySpan<byte> packet, out ushort etherType, out ReadOnlySpan<byte> payload)
    {
        etherType = 0;
        payload = default;
        if (packet.Length < 4)
        {
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(packet);
        etherType = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var length = 4;
        length += (flags & 0x8000) != 0 ? 4 : 0;
        length += (flags & 0x2000) != 0 ? 4 : 0;
        length += (flags & 0x1000) != 0 ? 4 : 0;
        length += (flags & 0x0080) != 0 && (flags & 7) == 1 ? 4 : 0;

        // ERSPAN type I has no sequence number and no header of its own; type II has eight bytes, type III twelve and an optional eight.
        if (etherType == EtherTypes.Erspan2)
        {
            length += (flags & 0x1000) != 0 ? 8 : 0;
            etherType = EtherTypes.TransparentEthernet;
        }
        else if (etherType == EtherTypes.Erspan3)
        {
            var optional = packet.Length >= length + 12 && (packet[length + 11] & 1) != 0;
            length += optional ? 20 : 12;
            etherType = EtherTypes.TransparentEthernet;
        }

        if (packet.Length <= length)
        {
            return false;
        }

        payload = packet[length..];
        return true;
    }

    /// <summary>VXLAN (RFC 7348 §5): the frame within, if it looks like one that leads to IP.</summary>
    public static bool TryVxlan(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (packet.Length < 8 + 14 || (packet[0] & 0x08) == 0)
        {
            return false;
        }

        frame = packet[8..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..])
            is EtherTypes.IPv4
                or EtherTypes.IPv6
                or EtherTypes.Vlan
                or EtherTypes.ProviderVlan;
    }

    /// <summary>GTP-U (3GPP TS 29.281 §5): the IP packet within a G-PDU.</summary>
    public static bool TryGtpUser(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> inner)
    {
        const byte GPdu = 255;
        inner = default;
        if (packet.Length < 8 || packet[0] >> 5 != 1 || (packet[0] & 0x10) == 0 || packet[1] != GPdu)
        {
            return false;
        }

        var length = 8;
        if ((packet[0] & 0x07) != 0)
        {
            length = 12;
            var next = packet.Length >= 12 && (packet[0] & 0x04) != 0 ? packet[11] : (byte)0;
            while (next != 0)
            {
                if (packet.Length <= length || packet[length] == 0 || packet.Length < length + (4 * packet[length]))
                {
                    return false;
                }

                length += 4 * packet[length];
                next = packet[length - 1];
            }
        }

        if (packet.Length <= length)
        {
            return false;
        }

        inner = packet[length..];
        return true;
    }

    /// <summary>L2TP version 2 data messages (RFC 2661 §3.1): the PPP frame within.</summary>
    public static bool TryL2tp(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> ppp)
    {
        ppp = default;
        if (packet.Length < 6 || (packet[1] & 0x0F) != 2 || (packet[0] & 0x80) != 0)
        {
            return false;
        }

        var length = 6;
        length += (packet[0] & 0x40) != 0 ? 2 : 0;
        length += (packet[0] & 0x08) != 0 ? 4 : 0;
        if ((packet[0] & 0x02) != 0)
        {
            length += packet.Length >= length + 2 ? 2 + BinaryPrimitives.ReadUInt16BigEndian(packet[length..]) : 2;
        }

        if (packet.Length <= length)
        {
            return false;
        }

        ppp = packet[length..];
        return true;
    }
}
