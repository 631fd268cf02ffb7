namespace Ringfence.Media.Tones;

/// <summary>Sine by table and 32-bit phase: a frequency is exact to two microhertz and its phase never drifts.</summary>
internal static class Sine
{
    private const int Bits = 10;
    private static readonly float[] Table = Make();

    /// <summary>Phase step of a frequency.</summary>
    public static uint Step(double frequency, int sampleRate) => (uint)Math.Round(frequency / sampleRate * (1L << 32));

    /// <summary>Sine of a phase, linear between table points: wrong by 5e-6 at most.</summary>
    public static float Of(uint phase)
    {
        var index = phase >> (32 - Bits);
        var fraction = (phase << Bits) * (1f / 4294967296f);
        var value = Table[index];
        return value + (Table[index + 1] - value) * fraction;
    }

    /// <summary>Cosine of a phase.</summary>
    public static float CosineOf(uint phase) => Of(phase + (1u << 30));

    private static float[] Make()
    {
        var table = new float[(1 << Bits) + 1];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (float)Math.Sin(2 * Math.PI * i / (1 << Bits));
        }
        return table;
    }
}
