using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Export;

/// <summary>The checksum of IP, ICMP and UDP (RFC 1071): the complement of the sum of all words, in ones' complement.</summary>
internal static class InternetChecksum
{
    private const byte Udp = 17;

    /// <summary>Of bytes in which the field of the checksum is zero.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes) => Fold(Sum(bytes));

    /// <summary>Of a UDP datagram with its pseudo header (RFC 768, RFC 8200 §8.1): a sum of zero is sent as all ones.</summary>
    /// <param name="addresses">Source and destination, one behind the other.</param>
    /// <param name="datagram">Header and payload; the field of the checksum is zero.</param>
    public static ushort OfUdp(ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> datagram) =>
        Fold(Sum(addresses) + Sum(datagram) + Udp + (ulong)datagram.Length) is not 0 and var sum ? sum : (ushort)0xFFFF;

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + ((uint)bytes[0] << 8);
    }

    private static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
