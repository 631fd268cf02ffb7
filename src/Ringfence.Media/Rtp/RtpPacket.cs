using System.Buffers.Binary;

namespace Ringfence.Media.Rtp;

/// <summary>An RTP packet over the octets of its datagram (RFC 3550 section 5.1).</summary>
public readonly ref struct RtpPacket
{
    /// <summary>Octets of a header without CSRC and extension.</summary>
    public const int HeaderLength = 12;

    private RtpPacket(RtpHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The fixed header.</summary>
    public RtpHeader Header { get; }

    /// <summary>The payload without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a datagram: version, CSRC list, extension and padding are checked against its length.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="packet">The packet, when there is no fault.</param>
    public static RtpFault Read(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length < HeaderLength)
        {
            return RtpFault.TooShort;
        }
        var first = datagram[0];
        if (first >> 6 != 2)
        {
            return RtpFault.Version;
        }
        if (datagram[1] is >= 192 and <= 223)
        {
            return RtpFault.Rtcp;
        }
        var start = HeaderLength + 4 * (first & 0x0F);
        if (start > datagram.Length)
        {
            return RtpFault.Csrc;
        }
        if ((first & 0x10) != 0)
        {
            if (start + 4 > datagram.Length)
            {
                return RtpFault.Extension;
            }
            start += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]);
            if (start > datagram.Length)
            {
                return RtpFault.Extension;
            }
        }
        var padding = (first & 0x20) != 0 ? datagram[^1] : -1;
        if (padding == 0 || padding > datagram.Length - start)
        {
            return RtpFault.Padding;
        }
        var header = new RtpHeader(
            (byte)(datagram[1] & 0x7F),
            (datagram[1] & 0x80) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[8..])
        );
        packet = new RtpPacket(header, datagram[start..(datagram.Length - Math.Max(0, padding))]);
        return RtpFault.None;
    }

    /// <summary>Writes a header without CSRC, extension and padding.</summary>
    /// <param name="datagram">At least <see cref="HeaderLength"/> octets; the payload belongs behind them.</param>
    /// <param name="header">The header.</param>
    public static void WriteHeader(Span<byte> datagram, in RtpHeader header)
    {
        datagram[0] = 0x80;
        datagram[1] = (byte)((header.PayloadType & 0x7F) | (header.Marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], header.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], header.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], header.Ssrc);
    }
}
