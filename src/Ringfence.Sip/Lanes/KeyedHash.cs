using System.Buffers.Binary;
using System.Numerics;

namespace Ringfence.Sip.Lanes;

/// <summary>
/// SipHash-2-4: a hash under a secret key, so that a peer who chooses the bytes cannot choose where they fall. Read Aumasson and
/// Bernstein, "SipHash: a fast short-input PRF" (2012).
/// </summary>
internal readonly struct KeyedHash(ulong key0, ulong key1)
{
    internal static KeyedHash From(LaneRandom random)
    {
        Span<byte> key = stackalloc byte[16];
        random.Fill(key);
        return From(key);
    }

    /// <exception cref="ArgumentException">The key is not of 16 bytes.</exception>
    internal static KeyedHash From(ReadOnlySpan<byte> key) =>
        key.Length == 16
            ? new KeyedHash(
                BinaryPrimitives.ReadUInt64LittleEndian(key),
                BinaryPrimitives.ReadUInt64LittleEndian(key[8..])
            )
            : throw new ArgumentException("The key is of 16 bytes.", nameof(key));

    internal ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575;
        ulong v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261;
        ulong v3 = key1 ^ 0x7465646279746573;
        ulong last = (ulong)bytes.Length << 56;

        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(bytes), ref v0, ref v1, ref v2, ref v3);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }

        Absorb(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
