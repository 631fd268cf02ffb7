using System.Security.Cryptography;

namespace Ringfence.Sip.Lanes;

/// <summary>
/// Random bytes for tags, branches and Call-IDs, fetched from the source in blocks: one system call for some hundred
/// identifiers (RFC 3261 §19.3 asks for cryptographically random tags).
/// </summary>
public sealed class LaneRandom
{
    private readonly Action<byte[]> _fill;
    private readonly byte[] _block = new byte[4096];
    private int _used = 4096;

    private LaneRandom(Action<byte[]> fill) => _fill = fill;

    /// <summary>From the system's generator.</summary>
    public static LaneRandom Secure() => new(static block => RandomNumberGenerator.Fill(block));

    /// <summary>From a seeded generator: for tests that must repeat.</summary>
    public static LaneRandom Seeded(int seed)
    {
        var random = new Random(seed);
        return new LaneRandom(random.NextBytes);
    }

    /// <summary>Writes random lower-case letters and digits, 5 bits each, over the whole span.</summary>
    public void FillToken(Span<byte> token)
    {
        for (int i = 0; i < token.Length; i++)
        {
            token[i] = "abcdefghijkmnopqrstuvwxyz0123456"u8[NextByte() & 31];
        }
    }

    /// <summary>Writes random bytes over the whole span.</summary>
    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte b in bytes)
        {
            b = NextByte();
        }
    }

    /// <summary>A random number below <paramref name="limit"/>.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        uint value = (uint)(NextByte() << 24 | NextByte() << 16 | NextByte() << 8 | NextByte());
        return (int)((ulong)value * (ulong)limit >> 32);
    }

    private byte NextByte()
    {
        if (_used == _block.Length)
        {
            _fill(_block);
            _used = 0;
        }

        return _block[_used++];
    }
}
