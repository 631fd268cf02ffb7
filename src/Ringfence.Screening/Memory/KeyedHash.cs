using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ringfence.Screening.Memory;

/// <summary>
/// Spreads keys over 64 bits in a way that nobody outside can foresee: callers choose the numbers that they show, and could
/// otherwise choose them so that all meet in one place of a table.
/// </summary>
internal readonly struct KeyedHash(ulong first, ulong second)
{
    private readonly ulong _first = first;
    private readonly ulong _second = second | 1;

    /// <summary>A hash with a secret of its own.</summary>
    public static KeyedHash Draw()
    {
        Span<ulong> secret = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secret));
        return new KeyedHash(secret[0], secret[1]);
    }

    public ulong Of(ulong key) => Fold(Fold(key ^ _first, _second), 0x9E3779B97F4A7C15);

    private static ulong Fold(ulong value, ulong factor)
    {
        var high = Math.BigMul(value, factor, out ulong low);
        return high ^ low;
    }
}
