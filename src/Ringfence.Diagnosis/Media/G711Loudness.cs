using System.Runtime.CompilerServices;
using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// The loudness of a payload of G.711, in one number: the sum of the squares of some samples, and above it how many of them are clipped. A
/// datagram cannot make one run into the other (16,384 squares of 30 bits).
/// </summary>
internal static class G711Loudness
{
    /// <summary>Every so manieth sample tells the power of a packet well enough.</summary>
    public const int Stride = 4;

    /// <summary>As far as a sample can go, less one step of G.711.</summary>
    public const int Loudest = 31_700;

    private const int ClippedBit = 47;
    private const long PowerMask = (1L << ClippedBit) - 1;
    private static readonly long[] ALawPowers = Powers(ALaw.Decode);
    private static readonly long[] MuLawPowers = Powers(MuLaw.Decode);

    /// <summary>The loudness of a payload.</summary>
    // Once per packet that is kept: see the reader of captures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Of(bool isALaw, ReadOnlySpan<byte> payload)
    {
        long even = 0;
        long odd = 0;
        var powers = (isALaw ? ALawPowers : MuLawPowers).AsSpan(0, 256);
        var i = 0;
        for (; i < payload.Length - Stride; i += 2 * Stride)
        {
            even += powers[payload[i]];
            odd += powers[payload[i + Stride]];
        }

        return even + odd + (i < payload.Length ? powers[payload[i]] : 0);
    }

    /// <summary>Whether an RTP packet is looked at: every second one says enough of tones and pauses that last for hundreds of milliseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LooksAt(ReadOnlySpan<byte> packet) => (packet[3] & 1) == 0;

    /// <summary>The loudness of a whole RTP packet; below 0 if it is no G.711, or has a longer header than most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OfPacket(ReadOnlySpan<byte> packet) =>
        packet[0] == 0x80 && (packet[1] & 0x77) == 0
            ? Of((packet[1] & 0x7F) == 8, packet[RtpPacket.HeaderLength..])
            : -1;

    /// <summary>Samples that are looked at in a payload.</summary>
    public static int Looked(int payloadLength) => (payloadLength + Stride - 1) / Stride;

    /// <summary>The sum of their squares.</summary>
    public static long Squares(long loudness) => loudness & PowerMask;

    /// <summary>How many of them are clipped.</summary>
    public static long Clipped(long loudness) => loudness >> ClippedBit;

    private static long[] Powers(Func<byte, short> decode)
    {
        var powers = new long[256];
        for (var code = 0; code < powers.Length; code++)
        {
            int sample = decode((byte)code);
            powers[code] = ((long)sample * sample) | (Math.Abs(sample) >= Loudest ? 1L << ClippedBit : 0);
        }

        return powers;
    }
}
