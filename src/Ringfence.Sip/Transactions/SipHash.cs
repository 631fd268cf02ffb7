using System.Buffers.Binary;
using System.Numerics;
using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// SipHash-1-3 with a key of the lane's own: peers choose branches, tags and Call-IDs, and must not be able to choose them so
/// that they meet in one bucket, nor to forge a tag or branch that is made from it.
/// </summary>
internal sealed class SipHash
{
    private readonly ulong _k0;
    private readonly ulong _k1;

    internal SipHash(LaneRandom random)
    {
        _k0 = Draw(random);
        _k1 = Draw(random);
    }

    internal SipHash(ulong k0, ulong k1)
    {
        _k0 = k0;
        _k1 = k1;
    }

    /// <summary>The hash of some bytes, chained to the hash of what came before them.</summary>
    internal ulong Hash(ReadOnlySpan<byte> data, ulong chain = 0)
    {
        ulong v0 = _k0 ^ chain ^ 0x736f6d6570736575;
        ulong v1 = _k1 ^ 0x646f72616e646f6d;
        ulong v2 = _k0 ^ chain ^ 0x6c7967656e657261;
        ulong v3 = _k1 ^ 0x7465646279746573;
        ulong last = (ulong)data.Length << 56;
        for (; data.Length >= 8; data = data[8..])
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(data);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        for (int i = 0; i < data.Length; i++)
        {
            last |= (ulong)data[i] << (8 * i);
        }

        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
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

    private static ulong Draw(LaneRandom random)
    {
        ulong value = 0;
        for (int i = 0; i < 4; i++)
        {
            value = (value << 16) | (uint)random.Next(1 << 16);
        }

        return value;
    }
}
