using System.Buffers.Binary;

namespace Ringfence.Media.Rtcp;

/// <summary>What an XR packet says of how a call sounds where it is received (RFC 3611 section 4.7), the parts in use.</summary>
/// <param name="Ssrc">The stream that is reported on.</param>
/// <param name="LossRate">Share of packets lost, in 256ths.</param>
/// <param name="RoundTripMs">Round-trip time in milliseconds; 0 when not known.</param>
/// <param name="Rating">Rating R of G.107, 0 to 100; 127 when not known.</param>
/// <param name="ListeningScore">Mean opinion score of listening in tenths, 10 to 50; 127 when not known.</param>
public readonly record struct VoipMetrics(
    uint Ssrc,
    byte LossRate,
    ushort RoundTripMs,
    byte Rating,
    byte ListeningScore
)
{
    /// <summary>Octets of the block, its header included.</summary>
    public const int Length = 36;

    internal const byte BlockType = 7;

    /// <summary>Packets received in a row that end a burst: the value that section 4.7.2 recommends.</summary>
    private const byte GapThreshold = 16;

    /// <summary>Not known (section 4.7).</summary>
    internal const byte Unavailable = 127;

    internal static VoipMetrics Read(ReadOnlySpan<byte> block) =>
        new(
            BinaryPrimitives.ReadUInt32BigEndian(block[4..]),
            block[8],
            BinaryPrimitives.ReadUInt16BigEndian(block[16..]),
            block[24],
            block[26]
        );

    internal void Write(Span<byte> block)
    {
        block[..Length].Clear();
        block[0] = BlockType;
        BinaryPrimitives.WriteUInt16BigEndian(block[2..], Length / 4 - 1);
        BinaryPrimitives.WriteUInt32BigEndian(block[4..], Ssrc);
        block[8] = LossRate;
        BinaryPrimitives.WriteUInt16BigEndian(block[16..], RoundTripMs);
        // Signal and noise level and echo are not measured here.
        (block[20], block[21], block[22]) = (Unavailable, Unavailable, Unavailable);
        (block[23], block[24], block[25]) = (GapThreshold, Rating, Unavailable);
        (block[26], block[27]) = (ListeningScore, Unavailable);
    }
}
