using System.Buffers.Binary;
using System.Numerics;

namespace Ringfence.Sip.Auth;

/// <summary>
/// SHA-512/256 (FIPS 180-4 §5.3.6, §6.4, §6.7), which the framework does not have. Its constants are computed as the standard
/// defines them: fractions of the roots of the first primes, and the hash of the hash's own name.
/// </summary>
internal static class Sha512Slash256
{
    internal const int Length = 32;
    private const int Block = 128;

    private static readonly ulong[] RoundConstants = [.. Primes(80).Select(prime => Fraction(prime, 3))];
    private static readonly ulong[] Initial = MakeInitial();

    internal static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<ulong> state = stackalloc ulong[8];
        Initial.CopyTo(state);
        Absorb(state, data);
        for (int i = 0; i < Length / 8; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination[(8 * i)..], state[i]);
        }
    }

    /// <summary>All blocks of the data and its padding (§5.1.2).</summary>
    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> data)
    {
        ulong bits = (ulong)data.Length * 8;
        for (; data.Length >= Block; data = data[Block..])
        {
            Compress(state, data);
        }

        Span<byte> last = stackalloc byte[2 * Block];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x80;
        int length = data.Length < Block - 16 ? Block : 2 * Block;
        BinaryPrimitives.WriteUInt64BigEndian(last[(length - 8)..], bits);
        for (int at = 0; at < length; at += Block)
        {
            Compress(state, last[at..]);
        }
    }

    /// <summary>§6.4.2.</summary>
    private static void Compress(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        Span<ulong> w = stackalloc ulong[80];
        for (int t = 0; t < 80; t++)
        {
            w[t] = t < 16 ? BinaryPrimitives.ReadUInt64BigEndian(block[(8 * t)..]) : Schedule(w, t);
        }

        ulong a = state[0];
        ulong b = state[1];
        ulong c = state[2];
        ulong d = state[3];
        ulong e = state[4];
        ulong f = state[5];
        ulong g = state[6];
        ulong h = state[7];
        for (int t = 0; t < 80; t++)
        {
            ulong sum1 =
                BitOperations.RotateRight(e, 14) ^ BitOperations.RotateRight(e, 18) ^ BitOperations.RotateRight(e, 41);
            ulong first = h + sum1 + ((e & f) ^ (~e & g)) + RoundConstants[t] + w[t];
            ulong sum0 =
                BitOperations.RotateRight(a, 28) ^ BitOperations.RotateRight(a, 34) ^ BitOperations.RotateRight(a, 39);
            ulong second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static ulong Schedule(ReadOnlySpan<ulong> w, int t)
    {
        ulong x = w[t - 15];
        ulong y = w[t - 2];
        ulong sigma0 = BitOperations.RotateRight(x, 1) ^ BitOperations.RotateRight(x, 8) ^ (x >> 7);
        ulong sigma1 = BitOperations.RotateRight(y, 19) ^ BitOperations.RotateRight(y, 61) ^ (y >> 6);
        return sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }

    /// <summary>§5.3.6: SHA-512 of "SHA-512/256", begun from the square roots with every other bit turned.</summary>
    private static ulong[] MakeInitial()
    {
        ulong[] state = [.. Primes(8).Select(prime => Fraction(prime, 2) ^ 0xa5a5a5a5a5a5a5a5)];
        Absorb(state, "SHA-512/256"u8);
        return state;
    }

    /// <summary>The first 64 bits of the fraction of a number's root: the root of the number shifted so far, bit by bit.</summary>
    private static ulong Fraction(int number, int degree)
    {
        BigInteger shifted = (BigInteger)number << (64 * degree);
        BigInteger root = 0;
        for (int bit = 72; bit >= 0; bit--)
        {
            BigInteger larger = root | (BigInteger.One << bit);
            root = BigInteger.Pow(larger, degree) <= shifted ? larger : root;
        }

        return (ulong)(root & ulong.MaxValue);
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 500).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(count);
}
