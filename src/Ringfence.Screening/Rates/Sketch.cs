using System.Numerics;

namespace Ringfence.Screening.Rates;

/// <summary>
/// Counts different things in sixteen bytes: a HyperLogLog of 32 registers of four bits, good to about a fifth and nearly
/// exact below twenty. The union of two is the greater of each register.
/// </summary>
internal struct Sketch
{
    private const int Registers = 32;
    private const double Alpha = 0.697;
    private const int MaxRank = 15;

    private ulong _low;
    private ulong _high;

    public readonly bool IsEmpty => (_low | _high) == 0;

    /// <summary>Adds a thing by a well mixed hash of it.</summary>
    public void Add(ulong hash)
    {
        var register = (int)(hash % Registers);
        var rank = (ulong)Math.Min(BitOperations.TrailingZeroCount(hash >> 5) + 1, MaxRank);
        ref var half = ref register < 16 ? ref _low : ref _high;
        var shift = register % 16 * 4;
        if (((half >> shift) & 0xF) < rank)
        {
            half = (half & ~(0xFUL << shift)) | (rank << shift);
        }
    }

    public void Union(in Sketch other)
    {
        if (!other.IsEmpty)
        {
            _low = Greater(_low, other._low);
            _high = Greater(_high, other._high);
        }
    }

    /// <summary>About how many different things were added.</summary>
    public readonly int Estimate()
    {
        if (IsEmpty)
        {
            return 0;
        }

        // The sum of 2 to the minus rank, counted in units of the smallest.
        var sum = 0;
        var empty = 0;
        for (var (low, high, n) = (_low, _high, 0); n < Registers / 2; n++, low >>= 4, high >>= 4)
        {
            var (a, b) = ((int)low & 0xF, (int)high & 0xF);
            sum += (1 << (MaxRank - a)) + (1 << (MaxRank - b));
            empty += (a == 0 ? 1 : 0) + (b == 0 ? 1 : 0);
        }

        var estimate = Alpha * Registers * Registers * (1 << MaxRank) / sum;
        return (int)
            Math.Round(
                estimate <= 2.5 * Registers && empty > 0 ? Registers * Math.Log((double)Registers / empty) : estimate
            );
    }

    private static ulong Greater(ulong a, ulong b)
    {
        ulong result = 0;
        for (var shift = 0; shift < 64; shift += 4)
        {
            result |= Math.Max((a >> shift) & 0xF, (b >> shift) & 0xF) << shift;
        }

        return result;
    }
}
