using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>Takes off what stands before IP: Ethernet, VLAN tags, PPPoE, MPLS, Linux cooked, loopback.</summary>
internal static class LinkHeader
{
    private const int MaxTags = 8;

    /// <summary>Whether frames of this link type can be read at all.</summary>
    public static bool Knows(int linkType) =>
        linkType is 0 or 1 or 9 or 12 or 14 or 101 or 108 or 113 or 228 or 229 or 276;

    /// <summary>Takes off the header of a link type (the numbers are those of tcpdump.org/linktypes).</summary>
    public static bool TryStrip(
        int linkType,
        ReadOnlySpan<byte> frame,
        out ushort etherType,
        out ReadOnlySpan<byte> payload
    )
    {
        etherType = 0;
        payload = default;
        return linkType switch
        {
            1 => TryEthernet(frame, out etherType, out payload),
            0 or 108 => TryLoopback(frame, out etherType, out payload),
            9 => TryPpp(frame, out etherType, out payload),
            12 or 14 or 101 or 228 or 229 => TryRaw(frame, out etherType, out payload),
            113 => TryCooked(frame, 14, 16, out etherType, out payload),
            276 => TryCooked(frame, 0, 20, out etherType, out payload),
            _ => false,
        };
    }

    public static bool TryEthernet(ReadOnlySpan<byte> frame, out ushort etherType, out ReadOnlySpan<byte> payload)
    {
        etherType = 0;
        payload = default;
        return frame.Length >= 14
            && TryTags(BinaryPrimitives.ReadUInt16BigEndian(frame[12..]), frame[14..], out etherType, out payload);
    }

    /// <summary>Follows VLAN tags, PPPoE and MPLS labels down to IP.</summary>
    public static bool TryTags(
        ushort type,
        ReadOnlySpan<byte> rest,
        out ushort etherType,
        out ReadOnlySpan<byte> payload
    )
    {
        for (var tags = 0; tags < MaxTags; tags++)
        {
            switch (type)
            {
                case EtherTypes.Vlan or EtherTypes.ProviderVlan or EtherTypes.OldProviderVlan when rest.Length >= 4:
                    type = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                    rest = rest[4..];
                    continue;
                case EtherTypes.PppoeSession when rest.Length > 6:
                    return TryPpp(rest[6..], out etherType, out payload);
                case EtherTypes.Mpls or EtherTypes.MplsMulticast when rest.Length > 4:
                    var bottom = (rest[2] & 1) != 0;
                    rest = rest[4..];
                    if (bottom)
                    {
                        return TryRaw(rest, out etherType, out payload);
                    }

                    continue;
                default:
                    etherType = type;
                    payload = rest;
                    return true;
            }
        }

        etherType = 0;
        payload = default;
        return false;
    }

    /// <summary>PPP (RFC 1661), with or without address and control field, the protocol compressed or not.</summary>
    public static bool TryPpp(ReadOnlySpan<byte> frame, out ushort etherType, out ReadOnlySpan<byte> payload)
    {
        etherType = 0;
        payload = default;
        if (frame.Length > 2 && frame[0] == 0xFF && frame[1] == 0x03)
        {
            frame = frame[2..];
        }

        if (frame.Length < 3)
        {
            return false;
        }

        var compressed = (frame[0] & 1) != 0;
        var protocol = compressed ? frame[0] : BinaryPrimitives.ReadUInt16BigEndian(frame);
        payload = frame[(compressed ? 1 : 2)..];
        etherType = protocol switch
        {
            0x0021 => EtherTypes.IPv4,
            0x0057 => EtherTypes.IPv6,
            _ => 0,
        };
        return etherType != 0;
    }

    /// <summary>Nothing but an IP packet: the version nibble tells which.</summary>
    public static bool TryRaw(ReadOnlySpan<byte> frame, out ushort etherType, out ReadOnlySpan<byte> payload)
    {
        payload = frame;
        etherType =
            frame.IsEmpty ? (ushort)0
            : frame[0] >> 4 == 4 ? EtherTypes.IPv4
            : frame[0] >> 4 == 6 ? EtherTypes.IPv6
            : (ushort)0;
        return etherType != 0;
    }

    // The address family stands in the byte order of the machine that captured, and its value for IPv6 differs from system to system.
    private static bool TryLoopback(ReadOnlySpan<byte> frame, out ushort etherType, out ReadOnlySpan<byte> payload)
    {
        etherType = 0;
        payload = default;
        return frame.Length > 4 && TryRaw(frame[4..], out etherType, out payload);
    }

    private static bool TryCooked(
        ReadOnlySpan<byte> frame,
        int typeAt,
        int length,
        out ushort etherType,
        out ReadOnlySpan<byte> payload
    )
    {
        etherType = 0;
        payload = default;
        return frame.Length >= length
            && TryTags(
                BinaryPrimitives.ReadUInt16BigEndian(frame[typeAt..]),
                frame[length..],
                out etherType,
                out payload
            );
    }
}
