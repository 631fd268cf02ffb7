namespace Ringfence.Media.Codecs;

/// <summary>
/// Between 16-bit samples and power. A sine that just reaches full scale is +3.14 dBm0, the overload point of A-law
/// (G.711 table 5); in µ-law it is +3.17 dBm0, a difference of 0.03 dB that is left aside.
/// </summary>
public static class Level
{
    /// <summary>Power of a full-scale sine in dBm0.</summary>
    public const double FullScale = 3.14;

    /// <summary>Power of nothing at all, where a number is needed.</summary>
    public const double Silence = -96;

    private const double Peak = 32768;

    /// <summary>Peak amplitude, in units of a 16-bit sample, of a sine of this power.</summary>
    /// <param name="dBm0">Power in dBm0.</param>
    public static double AmplitudeOf(double dBm0) => Peak * Math.Pow(10, (dBm0 - FullScale) / 20);

    /// <summary>Power of a sine of this peak amplitude, in dBm0, not below <see cref="Silence"/>.</summary>
    /// <param name="amplitude">Peak amplitude in units of a 16-bit sample.</param>
    public static double OfAmplitude(double amplitude) =>
        amplitude <= 0 ? Silence : Math.Max(Silence, FullScale + 20 * Math.Log10(amplitude / Peak));

    /// <summary>Power of samples in dBm0, not below <see cref="Silence"/>.</summary>
    public static double Of(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }
        return samples.IsEmpty ? Silence : OfAmplitude(Math.Sqrt(2.0 * sum / samples.Length));
    }
}
