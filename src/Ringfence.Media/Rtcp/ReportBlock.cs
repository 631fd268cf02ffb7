using System.Buffers.Binary;

namespace Ringfence.Media.Rtcp;

/// <summary>A report block: how one stream arrives at its receiver (RFC 3550 section 6.4.1).</summary>
/// <param name="Ssrc">The stream that is reported on.</param>
/// <param name="FractionLost">Share lost since the last report, in 256ths.</param>
/// <param name="CumulativeLost">Packets lost in all, 24 bits with sign.</param>
/// <param name="ExtendedHighest">Highest sequence number received, with its cycles.</param>
/// <param name="Jitter">Interarrival jitter in clock units.</param>
/// <param name="LastSenderReport">Middle 32 bits of the NTP time of the last sender report; 0 when there was none.</param>
/// <param name="Delay">Time since that report, in 65536ths of a second.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint ExtendedHighest,
    uint Jitter,
    uint LastSenderReport,
    uint Delay
)
{
    /// <summary>Octets of a block.</summary>
    public const int Length = 24;

    /// <summary>Round-trip time for who sent the report that it answers (section 6.4.1); null when it answers none.</summary>
    /// <param name="now">Middle 32 bits of the NTP time at which the block arrived.</param>
    public TimeSpan? RoundTrip(uint now)
    {
        if (LastSenderReport == 0)
        {
            return null;
        }
        var units = unchecked((int)(now - LastSenderReport - Delay));
        return units < 0 ? null : TimeSpan.FromSeconds(units / 65536.0);
    }

    internal static ReportBlock Read(ReadOnlySpan<byte> block) =>
        new(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            block[4],
            // Sign-extended from 24 bits.
            BinaryPrimitives.ReadInt32BigEndian(block[4..])
                << 8
                >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..])
        );

    internal void Write(Span<byte> block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], Math.Clamp(CumulativeLost, -0x80_0000, 0x7F_FFFF));
        block[4] = FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], ExtendedHighest);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], Delay);
    }
}
