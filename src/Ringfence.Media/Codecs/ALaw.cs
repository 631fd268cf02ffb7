using System.Numerics;

namespace Ringfence.Media.Codecs;

/// <summary>G.711 A-law: one octet a sample, static payload type 8.</summary>
public static class ALaw
{
    /// <summary>The octet of silence, the smallest positive value.</summary>
    public const byte Silence = 0xD5;

    private const byte EvenBits = 0x55;
    private static readonly short[] Linear = Table();

    /// <summary>The octet of every value of 12 bits: looking it up takes a third of the time.</summary>
    private static readonly byte[] Codes = Enumerate();

    /// <summary>One 16-bit sample to its octet (G.711 table 1, 13 bits).</summary>
    public static byte Encode(short sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> 4;
        if (magnitude > 15)
        {
            var segment = BitOperations.Log2((uint)magnitude) - 3;
            magnitude = (segment << 4) | ((magnitude >> (segment - 1)) & 0xF);
        }
        return (byte)((sample < 0 ? magnitude : magnitude | 0x80) ^ EvenBits);
    }

    /// <summary>One octet to its 16-bit sample.</summary>
    public static short Decode(byte code) => Linear[code];

    /// <summary>Encodes samples; <paramref name="codes"/> is at least as long.</summary>
    public static void Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        ReadOnlySpan<byte> table = Codes;
        codes = codes[..samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            codes[i] = table[(ushort)samples[i] >> 4];
        }
    }

    /// <summary>Decodes octets; <paramref name="samples"/> is at least as long.</summary>
    public static void Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            samples[i] = Linear[codes[i]];
        }
    }

    private static byte[] Enumerate()
    {
        var codes = new byte[1 << 12];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = Encode((short)(i << 4));
        }
        return codes;
    }

    private static short[] Table()
    {
        var table = new short[256];
        for (var code = 0; code < 256; code++)
        {
            var bits = code ^ EvenBits;
            var exponent = (bits >> 4) & 7;
            var magnitude = ((bits & 0xF) << 4) + (exponent == 0 ? 8 : 0x108);
            magnitude <<= Math.Max(0, exponent - 1);
            table[code] = (short)((bits & 0x80) == 0 ? -magnitude : magnitude);
        }
        return table;
    }
}
