using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// Reads the answer to a question (RFC 1035 §4.1). Of the answer section only what the question leads to is believed, of the
/// authority section only an SOA above the name; the additional section is not looked at, so nothing can be slipped in by it.
/// </summary>
internal ref struct DnsReader
{
    private const int HeaderLength = 12;
    private const int MostRecords = 256;
    private const int MostAliases = 8;
    private const int NoSuchName = 3;
    private const int AnyType = 0;

    private readonly ReadOnlySpan<byte> _message;
    private int _at;

    private DnsReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _at = HeaderLength;
    }

    /// <param name="message">The whole message.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="byDatagram">True when the spelling of the question is part of the proof that this is no forgery.</param>
    /// <param name="answer">The answer, when it is one.</param>
    internal static DnsReading Read(
        ReadOnlySpan<byte> message,
        DnsQuestion question,
        bool byDatagram,
        out DnsAnswer answer
    )
    {
        answer = DnsAnswer.Failed;
        var reader = new DnsReader(message);
        if (message.Length < HeaderLength || !reader.IsFor(question, out bool isSpeltAlike))
        {
            return DnsReading.Foreign;
        }

        ushort flags = reader.Number(2);
        if ((flags & 0x0200) != 0 || (byDatagram && !isSpeltAlike))
        {
            return byDatagram ? DnsReading.Truncated : DnsReading.Malformed;
        }

        int status = flags & 0x000F;
        if (status is not (0 or NoSuchName))
        {
            return DnsReading.Answer;
        }

        var answers = new List<DnsRecord>();
        var authority = new List<DnsRecord>();
        if (!reader.TryRecords(reader.Number(6), answers) || !reader.TryRecords(reader.Number(8), authority))
        {
            return DnsReading.Malformed;
        }

        return TryFollow(question, answers, authority, out answer) ? DnsReading.Answer : DnsReading.Malformed;
    }

    /// <summary>Id, response bit, operation and question (RFC 5452 §9.1); the source was checked by the socket.</summary>
    private bool IsFor(DnsQuestion question, out bool isSpeltAlike)
    {
        isSpeltAlike = false;
        bool isReply = Number(0) == question.Id && (Number(2) & 0xF800) == 0x8000 && Number(4) == 1;
        if (!isReply || !DnsName.TryRead(_message, ref _at, out string name) || _at + 4 > _message.Length)
        {
            return false;
        }

        bool isSame =
            name.Equals(question.Spelling, StringComparison.OrdinalIgnoreCase)
            && Number(_at) == (ushort)question.Type
            && Number(_at + 2) == DnsQuestion.InternetClass;
        isSpeltAlike = name.Equals(question.Spelling, StringComparison.Ordinal);
        _at += 4;
        return isSame;
    }

    private bool TryRecords(int count, List<DnsRecord> records)
    {
        for (int i = 0; i < count; i++)
        {
            if (count > MostRecords || !DnsName.TryRead(_message, ref _at, out string owner))
            {
                return false;
            }

            int end = _at + 10;
            end += end <= _message.Length ? Number(_at + 8) : 0;
            if (end > _message.Length)
            {
                return false;
            }

            var type = (DnsType)(Number(_at + 2) == DnsQuestion.InternetClass ? Number(_at) : AnyType);
            uint ttl = BinaryPrimitives.ReadUInt32BigEndian(_message[(_at + 4)..]);
            _at += 10;
            // A TTL with the top bit set is zero (RFC 2181 §8).
            if (!TryRecord(type, owner.ToLowerInvariant(), ttl > int.MaxValue ? 0 : ttl, end, records))
            {
                return false;
            }

            _at = end;
        }

        return true;
    }

    private bool TryRecord(DnsType type, string owner, uint ttl, int end, List<DnsRecord> records)
    {
        ReadOnlySpan<byte> data = _message[_at..end];
        DnsRecord? record = type switch
        {
            DnsType.A when data.Length == 4 => new AddressRecord(owner, ttl, new IPAddress(data)),
            DnsType.Aaaa when data.Length == 16 => new AddressRecord(owner, ttl, new IPAddress(data)),
            DnsType.Cname => TryName(_at, end, out string target) ? new AliasRecord(owner, ttl, target) : null,
            DnsType.Soa when data.Length >= 22 => new ZoneRecord(
                owner,
                ttl,
                BinaryPrimitives.ReadUInt32BigEndian(data[^4..])
            ),
            DnsType.Srv when data.Length >= 7 => TryName(_at + 6, end, out string target)
                ? new ServiceRecord(owner, ttl, Number(_at), Number(_at + 2), Number(_at + 4), target)
                : null,
            DnsType.Naptr when data.Length >= 8 => TryNaptr(owner, ttl, end),
            _ => null,
        };
        if (record is not null)
        {
            records.Add(record);
        }

        return record is not null
            || type is not (DnsType.A or DnsType.Aaaa or DnsType.Cname or DnsType.Soa or DnsType.Srv or DnsType.Naptr);
    }

    private readonly NaptrRecord? TryNaptr(string owner, uint ttl, int end)
    {
        int at = _at + 4;
        return
            TryText(ref at, end, out string flags)
            && TryText(ref at, end, out string service)
            && TryText(ref at, end, out string regexp)
            && TryName(at, end, out string replacement)
            ? new NaptrRecord(owner, ttl, Number(_at), Number(_at + 2), flags, service, regexp, replacement)
            : null;
    }

    private readonly bool TryText(ref int at, int end, out string text)
    {
        int start = at + 1;
        int stop = at < end ? start + _message[at] : int.MaxValue;
        text = stop <= end ? Encoding.Latin1.GetString(_message[start..stop]) : "";
        at = stop;
        return stop <= end;
    }

    /// <summary>A name that ends exactly where the record does.</summary>
    private readonly bool TryName(int at, int end, out string name)
    {
        bool isName = DnsName.TryRead(_message[..end], ref at, out name) && at == end;
        name = name.ToLowerInvariant();
        return isName;
    }

    private readonly ushort Number(int at) => BinaryPrimitives.ReadUInt16BigEndian(_message[at..]);

    /// <summary>Follows the aliases from the name that was asked for; false when there are too many.</summary>
    private static bool TryFollow(
        DnsQuestion question,
        List<DnsRecord> answers,
        List<DnsRecord> authority,
        out DnsAnswer answer
    )
    {
        string name = question.Name;
        uint ttl = uint.MaxValue;
        for (int i = 0; i <= MostAliases; i++)
        {
            DnsRecord[] found = [.. answers.Where(record => record.Owner == name && IsOf(record, question.Type))];
            if (found.Length > 0)
            {
                answer = new DnsAnswer(DnsStatus.Found, found, Math.Min(ttl, found.Min(record => record.Ttl)));
                return true;
            }

            if (answers.OfType<AliasRecord>().FirstOrDefault(record => record.Owner == name) is not { } alias)
            {
                answer = new DnsAnswer(DnsStatus.Absent, [], Math.Min(ttl, AbsenceTtl(name, authority)));
                return true;
            }

            ttl = Math.Min(ttl, alias.Ttl);
            name = alias.Target;
        }

        answer = DnsAnswer.Failed;
        return false;
    }

    /// <summary>The least of the SOA's own TTL and its minimum; without an SOA an absence is not kept (RFC 2308 §5).</summary>
    private static uint AbsenceTtl(string name, List<DnsRecord> authority) =>
        authority.OfType<ZoneRecord>().FirstOrDefault(zone => DnsName.IsWithin(name, zone.Owner)) is { } soa
            ? Math.Min(soa.Ttl, soa.Minimum)
            : 0;

    private static bool IsOf(DnsRecord record, DnsType type) =>
        record switch
        {
            AddressRecord address => address.Address.GetAddressBytes().Length == (type == DnsType.A ? 4 : 16)
                && type is DnsType.A or DnsType.Aaaa,
            ServiceRecord => type == DnsType.Srv,
            NaptrRecord => type == DnsType.Naptr,
            _ => false,
        };
}
