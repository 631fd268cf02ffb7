using System.Numerics;

namespace Ringfence.Media.Codecs;

/// <summary>G.711 µ-law: one octet a sample, static payload type 0.</summary>
public static class MuLaw
{
    /// <summary>The octet of silence, +0.</summary>
    public const byte Silence = 0xFF;

    private const int Bias = 33;
    private const int Clip = 0x1FFF;
    private static readonly short[] Linear = Table();

    /// <summary>The octet of every value of 14 bits: looking it up takes a third of the time.</summary>
    private static readonly byte[] Codes = Enumerate();

    /// <summary>One 16-bit sample to its octet (G.711 table 2, 14 bits).</summary>
    public static byte Encode(short sample)
    {
        // One's complement for negative values, as G.191 has it: -1 and 0 are the two zeros of the code.
        var magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> 2) + Bias, Clip);
        var segment = BitOperations.Log2((uint)magnitude) - 4;
        var code = ((8 - segment) << 4) | (0xF - ((magnitude >> segment) & 0xF));
        return (byte)(sample < 0 ? code : code | 0x80);
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
            codes[i] = table[(ushort)samples[i] >> 2];
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
        var codes = new byte[1 << 14];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = Encode((short)(i << 2));
        }
        return codes;
    }

    private static short[] Table()
    {
        var table = new short[256];
        for (var code = 0; code < 256; code++)
        {
            var inverted = ~code;
            var exponent = (inverted >> 4) & 7;
            var step = 8 << exponent;
            var magnitude = (0x80 << exponent) + step * (inverted & 0xF) + step / 2 - 4 * Bias;
            table[code] = (short)(code < 0x80 ? -magnitude : magnitude);
        }
        return table;
    }
}
