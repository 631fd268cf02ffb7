using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>A query for the addresses of one name, or the answer to it (RFC 1035 §4).</summary>
internal sealed record DnsMessage(bool IsResponse, string Name, string Outcome, IReadOnlyList<AddressBits> Addresses)
{
    public const ushort Port = 53;
    private const int Header = 12;
    private const int MaxName = 255;
    private const int MaxAnswers = 64;
    private const int Ipv4Address = 1;
    private const int Ipv6Address = 28;

    public static bool TryRead(ReadOnlySpan<byte> message, out DnsMessage dns)
    {
        dns = null!;
        if (message.Length < Header + 5 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
        {
            return false;
        }

        var at = Header;
        var name = ReadName(message, ref at);
        if (
            name.Length == 0
            || at + 4 > message.Length
            || BinaryPrimitives.ReadUInt16BigEndian(message[at..]) is not (Ipv4Address or Ipv6Address)
        )
        {
            return false;
        }

        var isResponse = (message[2] & 0x80) != 0;
        var addresses = isResponse ? Answers(message, at + 4) : [];
        var outcome = !isResponse ? "" : Code(message[3] & 0x0F, addresses.Count);
        dns = new DnsMessage(isResponse, name, outcome, addresses);
        return true;
    }

    // RFC 1035 §4.1.1; an answer without an address is no error of DNS, and no help either (RFC 2308 §2.2).
    private static string Code(int code, int addresses) =>
        code switch
        {
            0 => addresses > 0 ? "" : "NODATA",
            1 => "FORMERR",
            2 => "SERVFAIL",
            3 => "NXDOMAIN",
            5 => "REFUSED",
            _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    // A question is never compressed. Whatever is no letter, digit, hyphen or underscore is in no https address.
    private static string ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new StringBuilder();
        while (at < message.Length && message[at] is > 0 and < 64 && name.Length <= MaxName)
        {
            var label = message.Slice(at + 1, Math.Min(message[at], message.Length - at - 1));
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(label));
            at += 1 + label.Length;
        }

        at++;
        return name.Length > MaxName ? "" : name.ToString().ToLowerInvariant();
    }

    private static List<AddressBits> Answers(ReadOnlySpan<byte> message, int at)
    {
        var found = new List<AddressBits>();
        int answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        for (var i = 0; i < Math.Min(answers, MaxAnswers) && Skip(message, ref at) && at + 10 <= message.Length; i++)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10;
            if (at + length > message.Length)
            {
                break;
            }

            if ((type, length) is (Ipv4Address, 4) or (Ipv6Address, 16))
            {
                found.Add(AddressBits.Of(message.Slice(at, length)));
            }

            at += length;
        }

        return found;
    }

    // A name ends with an empty label or with a pointer to the rest of it (RFC 1035 §4.1.4).
    private static bool Skip(ReadOnlySpan<byte> message, ref int at)
    {
        while (at < message.Length)
        {
            if (message[at] >= 0xC0)
            {
                at += 2;
                return true;
            }

            if (message[at] == 0)
            {
                at++;
                return true;
            }

            at += 1 + message[at];
        }

        return false;
    }
}
