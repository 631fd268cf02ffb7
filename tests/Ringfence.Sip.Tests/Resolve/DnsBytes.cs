using System.Buffers.Binary;
using System.Net;
using System.Text;
using Ringfence.Sip.Resolve;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>Answers of a name server, octet by octet.</summary>
internal sealed class DnsBytes
{
    private readonly List<byte> _bytes;

    /// <summary>Begins the reply to a query: its id and question, as they came.</summary>
    internal DnsBytes(ReadOnlySpan<byte> query, int flags = 0x8180)
    {
        _bytes = [.. query];
        Flags(flags);
    }

    internal byte[] Bytes => [.. _bytes];

    /// <summary>A pointer to the name in the question.</summary>
    internal static byte[] Asked => [0xC0, 12];

    internal static byte[] Name(string name)
    {
        var bytes = new List<byte>();
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }

        return [.. bytes, 0];
    }

    internal DnsBytes Flags(int flags) => Put(2, flags);

    internal DnsBytes Id(int id) => Put(0, id);

    internal DnsBytes Put(int at, int number)
    {
        _bytes[at] = (byte)(number >> 8);
        _bytes[at + 1] = (byte)number;
        return this;
    }

    internal DnsBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A record in a section: 6 for answers, 8 for authority, 10 for additional.</summary>
    internal DnsBytes Record(byte[] owner, DnsType type, uint ttl, byte[] data, int section = 6)
    {
        byte[] head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)data.Length);
        _bytes.AddRange([.. owner, .. head, .. data]);
        return Put(section, ((_bytes[section] << 8) | _bytes[section + 1]) + 1);
    }

    internal DnsBytes A(string address, uint ttl = 60, string? owner = null) =>
        Record(
            owner is null ? Asked : Name(owner),
            address.Contains(':', StringComparison.Ordinal) ? DnsType.Aaaa : DnsType.A,
            ttl,
            IPAddress.Parse(address).GetAddressBytes()
        );

    internal DnsBytes Alias(string target, string? owner = null, uint ttl = 60) =>
        Record(owner is null ? Asked : Name(owner), DnsType.Cname, ttl, Name(target));

    internal DnsBytes Soa(string zone, uint ttl, uint minimum)
    {
        byte[] numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return Record(Name(zone), DnsType.Soa, ttl, [.. Name("ns." + zone), .. Name("root." + zone), .. numbers], 8);
    }
}
