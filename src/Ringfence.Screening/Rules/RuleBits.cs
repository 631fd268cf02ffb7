using System.Numerics;

namespace Ringfence.Screening.Rules;

/// <summary>Sets of rules as bits, one a rule, in the order in which rules are tried.</summary>
internal static class RuleBits
{
    public static int WordsFor(int rules) => (rules + 63) / 64;

    public static ulong[] Of(int rules, Func<int, bool> isIn)
    {
        var bits = new ulong[WordsFor(rules)];
        for (var i = 0; i < rules; i++)
        {
            bits[i / 64] |= isIn(i) ? 1UL << (i % 64) : 0;
        }

        return bits;
    }

    public static void Intersect(Span<ulong> bits, ReadOnlySpan<ulong> with)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            bits[word] &= with[word];
        }
    }

    public static void Remove(Span<ulong> bits, int rule) => bits[rule / 64] &= ~(1UL << (rule % 64));

    public static void Add(Span<ulong> bits, int[] rules)
    {
        foreach (var rule in rules)
        {
            bits[rule / 64] |= 1UL << (rule % 64);
        }
    }

    /// <summary>The first rule of the set at or after <paramref name="from"/>; past the end where there is none.</summary>
    public static int Next(ReadOnlySpan<ulong> bits, int from)
    {
        var word = from / 64;
        if (word >= bits.Length)
        {
            return int.MaxValue;
        }

        for (var rest = bits[word] & (ulong.MaxValue << (from % 64)); ; rest = bits[word])
        {
            if (rest != 0)
            {
                return (word * 64) + BitOperations.TrailingZeroCount(rest);
            }

            if (++word == bits.Length)
            {
                return int.MaxValue;
            }
        }
    }
}
