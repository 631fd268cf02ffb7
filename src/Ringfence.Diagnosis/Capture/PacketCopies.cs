using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Link;

namespace Ringfence.Diagnosis.Capture;

/// <summary>
/// Packets that were captured at several places of their way: on two interfaces, in two files, before and behind a tag or a tunnel. The same
/// packet twice from one place is what a network or a sender does, and stays.
/// </summary>
internal sealed class PacketCopies
{
    private const int Places = 8_192;
    private const int LinkHead = 20;

    // Under the 500 ms after which SIP sends again (RFC 3261 §17.1.1.1): a sender may number all of its packets 0 (RFC 6864 §4.1).
    private const long Window = 100_000_000;

    private readonly (ulong Packet, ulong Place, long Time)[] _seen = new (ulong, ulong, long)[Places];

    /// <summary>How many were left out.</summary>
    public long Count { get; private set; }

    /// <summary>Whether copies may come: the capture has several interfaces, or is of all of them.</summary>
    public static bool MayCome(in FrameStamp stamp, int linkType) => stamp.Interface > 0 || linkType is 113 or 276;

    /// <summary>A number for the place at which a frame was captured: input, interface, and what stands before its packet.</summary>
    public static ulong PlaceOf(in FrameStamp stamp, int linkType, ReadOnlySpan<byte> frame) =>
        Mix(
            ((ulong)stamp.Input << 32) | ((ulong)stamp.Interface << 16) | (uint)linkType,
            frame[..Math.Min(LinkHead, frame.Length)]
        );

    /// <summary>Whether an IP packet was seen at another place just before.</summary>
    public bool IsCopy(long time, ulong place, ReadOnlySpan<byte> packet)
    {
        var hash = HashOf(packet);
        ref var seen = ref _seen[hash % Places];
        if (seen.Packet == hash && seen.Place != place && Math.Abs(time - seen.Time) <= Window)
        {
            Count++;
            return true;
        }

        seen = (hash, place, time);
        return false;
    }

    // Without what routers and network cards change on the way: class, hops and checksums.
    private static ulong HashOf(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 40)
        {
            return Mix(0, packet);
        }

        var (fixedHead, protocol, length) =
            packet[0] >> 4 == 4
                ? (20, packet[9], BinaryPrimitives.ReadUInt16BigEndian(packet[2..]))
                : (40, packet[6], BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) + 40);
        packet = length > fixedHead && length < packet.Length ? packet[..length] : packet;
        var hash = fixedHead == 20 ? Mix(protocol, packet[2..8]) : Mix(protocol, packet[4..6]);
        hash = Mix(hash, fixedHead == 20 ? packet[12..20] : packet[8..Math.Min(40, packet.Length)]);
        var carried = packet[Math.Min(fixedHead, packet.Length)..];
        var checksum =
            protocol == Protocols.Udp ? 6
            : protocol == Protocols.Tcp ? 16
            : -1;
        return checksum < 0 || carried.Length < checksum + 2
            ? Mix(hash, carried)
            : Mix(Mix(hash, carried[..checksum]), carried[(checksum + 2)..]);
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Golden;
            hash ^= hash >> 32;
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Golden;
            hash ^= hash >> 32;
        }

        return hash;
    }
}
