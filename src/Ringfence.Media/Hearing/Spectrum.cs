using System.Numerics;

namespace Ringfence.Media.Hearing;

/// <summary>
/// Finds the few frequencies of a steady tone: candidates by Fourier transform, each then measured by a bank of
/// Goertzel filters around it, all under a Hann window.
/// </summary>
internal sealed class Spectrum
{
    /// <summary>Below the lowest call progress tone, and above the pitch of nearly all voices.</summary>
    private const double Lowest = 330;
    private const double Highest = 2200;

    /// <summary>Most lines of a tone: two frequencies, or a carrier with its two side frequencies.</summary>
    private const int MaxLines = 3;

    /// <summary>Lines weaker than this against the strongest are echoes, quantization and leakage, in amplitude.</summary>
    private const double Weakest = 0.22;

    /// <summary>Share of the power that the lines of a tone have.</summary>
    private const double Purity = 0.8;

    /// <summary>Tones shorter than this have to be a single, purer line: its window says little.</summary>
    private const double Short = 0.06;

    private const double PurityOfShort = 0.95;

    private readonly int _sampleRate;
    private readonly double[] _windowed;
    private readonly double[] _real;
    private readonly double[] _imaginary;
    private readonly Fourier _fourier;

    public Spectrum(int sampleRate, int mostSamples)
    {
        _sampleRate = sampleRate;
        _windowed = new double[mostSamples];
        _fourier = new Fourier((int)BitOperations.RoundUpToPowerOf2((uint)(2 * mostSamples)));
        _real = new double[_fourier.Length];
        _imaginary = new double[_fourier.Length];
    }

    private double BinWidth => (double)_sampleRate / _fourier.Length;

    /// <summary>The frequencies, lowest first; empty when the sound is no steady tone.</summary>
    public double[] Lines(ReadOnlySpan<short> samples)
    {
        var power = Window(samples);
        if (power == 0)
        {
            return [];
        }
        var isShort = samples.Length < Short * _sampleRate;
        var magnitudes = Magnitudes(samples.Length);
        // Half the width of a Hann window's main lobe, and a little more.
        var lobe = Math.Max(BinWidth, 2.3 * _sampleRate / samples.Length);
        var lines = new List<double>(MaxLines);
        double strongest = 0;
        double explained = 0;
        while (lines.Count < (isShort ? 1 : MaxLines))
        {
            var peak = Strongest(magnitudes);
            if (magnitudes[peak] < Math.Max(Weakest * strongest, 1))
            {
                break;
            }
            var (frequency, amplitude) = Refine(peak * BinWidth, magnitudes[peak], samples.Length);
            strongest = Math.Max(strongest, amplitude);
            explained += amplitude * amplitude / 2;
            lines.Add(frequency);
            Mask(magnitudes, frequency, lobe);
        }
        lines.Sort();
        return explained >= (isShort ? PurityOfShort : Purity) * power ? [.. lines] : [];
    }

    private double Window(ReadOnlySpan<short> samples)
    {
        double power = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weight = 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / samples.Length);
            _windowed[i] = samples[i] * weight;
            // The mean of a squared Hann window is 3/8.
            power += _windowed[i] * _windowed[i] * 8 / 3;
        }
        return power / samples.Length;
    }

    /// <summary>Amplitudes of the bins within the band, in units of a sample; all others are 0.</summary>
    private Span<double> Magnitudes(int length)
    {
        Array.Clear(_real);
        Array.Clear(_imaginary);
        _windowed.AsSpan(0, length).CopyTo(_real);
        _fourier.Transform(_real, _imaginary);
        for (var i = 0; i < _real.Length / 2; i++)
        {
            var isInBand = i * BinWidth is >= Lowest and <= Highest;
            // A Hann window halves the amplitude, and a sine has half of it on either side of zero.
            _real[i] = isInBand ? 4 * Math.Sqrt(_real[i] * _real[i] + _imaginary[i] * _imaginary[i]) / length : 0;
        }
        return _real.AsSpan(0, _real.Length / 2);
    }

    private static int Strongest(ReadOnlySpan<double> magnitudes)
    {
        var peak = 0;
        for (var i = 1; i < magnitudes.Length; i++)
        {
            peak = magnitudes[i] > magnitudes[peak] ? i : peak;
        }
        return peak;
    }

    private (double Frequency, double Amplitude) Refine(double frequency, double amplitude, int length)
    {
        for (var step = BinWidth / 2; step > 0.1; step /= 2)
        {
            var (below, above) = (Goertzel(frequency - step, length), Goertzel(frequency + step, length));
            if (below > amplitude && below >= above)
            {
                (frequency, amplitude) = (frequency - step, below);
            }
            else if (above > amplitude)
            {
                (frequency, amplitude) = (frequency + step, above);
            }
        }
        return (frequency, amplitude);
    }

    private double Goertzel(double frequency, int length)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequency / _sampleRate);
        double previous = 0;
        double before = 0;
        foreach (var sample in _windowed.AsSpan(0, length))
        {
            var next = sample + coefficient * previous - before;
            before = previous;
            previous = next;
        }
        var power = previous * previous + before * before - coefficient * previous * before;
        return 4 * Math.Sqrt(Math.Max(0, power)) / length;
    }

    private void Mask(Span<double> magnitudes, double frequency, double lobe)
    {
        var first = Math.Max(0, (int)Math.Ceiling((frequency - lobe) / BinWidth));
        var last = Math.Min(magnitudes.Length - 1, (int)((frequency + lobe) / BinWidth));
        magnitudes[first..(last + 1)].Clear();
    }
}
