using System.Numerics;
using System.Runtime.InteropServices;

namespace Ringfence.Screening.Rates;

/// <summary>
/// Counts different things in twelve bytes: a HyperLogLog of 24 registers of four bits, good to about a fifth and nearly
/// exact below twenty. The union of two is the greater of each register.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Sketch
{
    private const int Registers = 24;
    private const int InLow = 16;
    private const double Alpha = 0.692;
    private const int MaxRank = 15;
    private const ulong Nibbles = 0x1111_1111_1111_1111;

    // How many things leave that many registers empty, most likely (linear counting).
    private static readonly int[] ByEmpty =
    [
        int.MaxValue,
        .. Enumerable
            .Range(1, Registers)
            .Select(empty => (int)Math.Round(Registers * Math.Log((double)Registers / empty))),
    ];

    private ulong _low;
    private uint _high;

    public readonly bool IsEmpty => (_low | _high) == 0;

    /// <summary>Adds a thing by a well mixed hash of it.</summary>
    public void Add(ulong hash)
    {
        // The register by the upper half of the hash, the rank by the lower: the two know nothing of each other.
        var register = (int)((hash >> 32) * Registers >> 32);
        var rank = (ulong)Math.Min(BitOperations.TrailingZeroCount((uint)hash) + 1, MaxRank);
        if (register < InLow)
        {
            _low = Raised(_low, register * 4, rank);
        }
        else
        {
            _high = (uint)Raised(_high, (register - InLow) * 4, rank);
        }
    }

    public void Union(in Sketch other)
    {
        if (!other.IsEmpty)
        {
            _low = Greater(_low, other._low);
            _high = (uint)Greater(_high, other._high);
        }
    }

    /// <summary>About how many different things were added.</summary>
    public readonly int Estimate()
    {
        // With a third of the registers empty the other formula would tell few enough for this one.
        var empty = CountEmpty(_low) + CountEmpty(_high) - InLow + (Registers - InLow);
        if (empty >= Registers / 3)
        {
            return ByEmpty[empty];
        }

        var estimate =
            Alpha * Registers * Registers * (1 << MaxRank) / (Sum(_low, InLow) + Sum(_high, Registers - InLow));
        return estimate <= 2.5 * Registers && empty > 0 ? ByEmpty[empty] : (int)Math.Round(estimate);
    }

    private static ulong Raised(ulong registers, int shift, ulong rank) =>
        ((registers >> shift) & 0xF) < rank ? (registers & ~(0xFUL << shift)) | (rank << shift) : registers;

    // Of sixteen registers; those beyond the end of a shorter row are empty too.
    private static int CountEmpty(ulong registers)
    {
        var any = registers | (registers >> 2);
        any |= any >> 1;
        return InLow - BitOperations.PopCount(any & Nibbles);
    }

    // The sum of 2 to the minus rank, counted in units of the smallest.
    private static int Sum(ulong registers, int count)
    {
        var sum = 0;
        for (var n = 0; n < count; n++, registers >>= 4)
        {
            sum += 1 << (MaxRank - (int)(registers & 0xF));
        }

        return sum;
    }

    private static ulong Greater(ulong a, ulong b)
    {
        // Nibbles as bytes: eight at a time, the even and the odd ones.
        const ulong Even = 0x0F0F_0F0F_0F0F_0F0F;
        return GreaterBytes(a & Even, b & Even) | (GreaterBytes((a >> 4) & Even, (b >> 4) & Even) << 4);
    }

    private static ulong GreaterBytes(ulong a, ulong b)
    {
        // Bit 4 of each byte of the difference stays set where a is not the smaller; it becomes a mask of the byte's low half.
        const ulong Guard = 0x1010_1010_1010_1010;
        var isGreater = (((a | Guard) - b) & Guard) >> 4;
        var mask = isGreater * 0xF;
        return (a & mask) | (b & ~mask);
    }
}
