using System.Buffers.Binary;

namespace Ringfence.Media.Rtcp;

/// <summary>What a compound RTCP packet says: reports, and whether the sender leaves (RFC 3550 section 6).</summary>
public sealed record RtcpPacket
{
    /// <summary>Most parts of a compound packet that are read.</summary>
    public const int MaxParts = 32;

    private const byte SenderReport = 200;
    private const byte ReceiverReport = 201;
    private const byte SourceDescription = 202;
    private const byte Goodbye = 203;
    private const byte ExtendedReport = 207;
    private const byte CanonicalName = 1;

    /// <summary>Who sent it.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>What the sender says of its stream, or null in a receiver report.</summary>
    public SenderInfo? Sender { get; init; }

    /// <summary>How streams arrive at the sender.</summary>
    public IReadOnlyList<ReportBlock> Reports { get; init; } = [];

    /// <summary>Canonical name of the sender (SDES CNAME), or null.</summary>
    public string? Name { get; init; }

    /// <summary>How the call sounds at the sender (XR, RFC 3611), or null.</summary>
    public VoipMetrics? Metrics { get; init; }

    /// <summary>Whether the sender leaves (BYE).</summary>
    public bool IsGoodbye { get; init; }

    /// <summary>Reads a datagram.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="packet">The packet, when there is no fault.</param>
    public static RtcpFault Read(ReadOnlySpan<byte> datagram, out RtcpPacket? packet)
    {
        packet = null;
        if (datagram.Length < 8 || datagram.Length % 4 != 0)
        {
            return RtcpFault.Length;
        }
        if (datagram[1] is not (SenderReport or ReceiverReport))
        {
            return RtcpFault.First;
        }
        var read = new RtcpPacket { Ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) };
        for (var parts = 0; !datagram.IsEmpty; parts++)
        {
            if (parts == MaxParts)
            {
                return RtcpFault.TooManyParts;
            }
            if (datagram[0] >> 6 != 2)
            {
                return RtcpFault.Version;
            }
            var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) + 1);
            if (length > datagram.Length || Part(datagram[..length], read) is not { } next)
            {
                return RtcpFault.Truncated;
            }
            read = next;
            datagram = datagram[length..];
        }
        packet = read;
        return RtcpFault.None;
    }

    /// <summary>Writes a compound packet: report, SDES with CNAME, XR and BYE where wanted.</summary>
    /// <param name="datagram">Where it goes; 576 octets hold any with up to 16 reports and a name of 64 octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="ArgumentException">More than 31 reports, a name of more than 255 octets, or no room.</exception>
    public int Write(Span<byte> datagram)
    {
        if (Reports.Count > 31)
        {
            throw new ArgumentException("A report has at most 31 blocks (RFC 3550 section 6.4.1).");
        }
        var at = Sender is null ? 8 : 28;
        Header(
            datagram,
            Reports.Count,
            Sender is null ? ReceiverReport : SenderReport,
            at + Reports.Count * ReportBlock.Length
        );
        if (Sender is { } sender)
        {
            BinaryPrimitives.WriteUInt64BigEndian(datagram[8..], sender.NtpTime);
            BinaryPrimitives.WriteUInt32BigEndian(datagram[16..], sender.RtpTime);
            BinaryPrimitives.WriteUInt32BigEndian(datagram[20..], sender.Packets);
            BinaryPrimitives.WriteUInt32BigEndian(datagram[24..], sender.Octets);
        }
        foreach (var report in Reports)
        {
            report.Write(datagram[at..]);
            at += ReportBlock.Length;
        }
        if (Name is { } name)
        {
            at += WriteName(datagram[at..], name);
        }
        if (Metrics is { } metrics)
        {
            Header(datagram[at..], 0, ExtendedReport, 8 + VoipMetrics.Length);
            metrics.Write(datagram[(at + 8)..]);
            at += 8 + VoipMetrics.Length;
        }
        if (IsGoodbye)
        {
            Header(datagram[at..], 1, Goodbye, 8);
            at += 8;
        }
        return at;
    }

    private void Header(Span<byte> part, int count, byte type, int length)
    {
        part[0] = (byte)(0x80 | count);
        part[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(part[2..], (ushort)(length / 4 - 1));
        BinaryPrimitives.WriteUInt32BigEndian(part[4..], Ssrc);
    }

    private int WriteName(Span<byte> part, string name)
    {
        var octets = System.Text.Encoding.UTF8.GetByteCount(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets, 255);
        // Header and SSRC, type and length, name, at least one octet of zero, up to a multiple of four.
        var length = (8 + 2 + octets + 1 + 3) / 4 * 4;
        part[..length].Clear();
        Header(part, 1, SourceDescription, length);
        part[8] = CanonicalName;
        part[9] = (byte)octets;
        System.Text.Encoding.UTF8.GetBytes(name, part[10..]);
        return length;
    }

    /// <summary>Reads one part; null when it is too short for what it holds.</summary>
    private static RtcpPacket? Part(ReadOnlySpan<byte> part, RtcpPacket read)
    {
        var count = part[0] & 0x1F;
        switch (part[1])
        {
            case SenderReport or ReceiverReport:
                var start = part[1] == SenderReport ? 28 : 8;
                return part.Length < start + count * ReportBlock.Length ? null : WithReports(part, start, count, read);
            case SourceDescription when count > 0:
                return part.Length < 8 ? null : read with { Name = CanonicalNameOf(part[8..]) ?? read.Name };
            case Goodbye:
                return part.Length < 4 + 4 * count ? null : read with { IsGoodbye = true };
            case ExtendedReport:
                return part.Length < 8 ? null : read with { Metrics = MetricsOf(part[8..]) ?? read.Metrics };
            default:
                return read;
        }
    }

    /// <summary>The VoIP metrics among the blocks of an XR packet; others are passed over (RFC 3611 section 3).</summary>
    private static VoipMetrics? MetricsOf(ReadOnlySpan<byte> blocks)
    {
        while (blocks.Length >= 4)
        {
            var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(blocks[2..]) + 1);
            if (length > blocks.Length)
            {
                return null;
            }
            if (blocks[0] == VoipMetrics.BlockType && length >= VoipMetrics.Length)
            {
                return VoipMetrics.Read(blocks);
            }
            blocks = blocks[length..];
        }
        return null;
    }

    private static RtcpPacket WithReports(ReadOnlySpan<byte> part, int start, int count, RtcpPacket read)
    {
        var reports = new List<ReportBlock>(read.Reports);
        for (var i = 0; i < count; i++)
        {
            reports.Add(ReportBlock.Read(part[(start + i * ReportBlock.Length)..]));
        }
        var sender =
            part[1] != SenderReport
                ? read.Sender
                : new SenderInfo(
                    BinaryPrimitives.ReadUInt64BigEndian(part[8..]),
                    BinaryPrimitives.ReadUInt32BigEndian(part[16..]),
                    BinaryPrimitives.ReadUInt32BigEndian(part[20..]),
                    BinaryPrimitives.ReadUInt32BigEndian(part[24..])
                );
        return read with { Reports = reports, Sender = sender };
    }

    private static string? CanonicalNameOf(ReadOnlySpan<byte> items)
    {
        while (items.Length >= 2 && items[0] != 0)
        {
            var length = items[1];
            if (length > items.Length - 2)
            {
                return null;
            }
            if (items[0] == CanonicalName)
            {
                return System.Text.Encoding.UTF8.GetString(items.Slice(2, length));
            }
            items = items[(2 + length)..];
        }
        return null;
    }
}
