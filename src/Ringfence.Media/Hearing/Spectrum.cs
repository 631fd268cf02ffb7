namespace Ringfence.Media.Hearing;

/// <summary>Finds the few frequencies of a steady tone by a bank of Goertzel filters under a Hann window.</summary>
internal sealed class Spectrum
{
    private const double Lowest = 280;
    private const double Highest = 2200;
    private const double GridStep = 4;

    /// <summary>Most lines of a tone: two frequencies, or a carrier with its two side frequencies.</summary>
    private const int MaxLines = 3;

    /// <summary>Lines weaker than this against the strongest are echoes, quantization and leakage, in amplitude.</summary>
    private const double Weakest = 0.22;

    /// <summary>Share of the power that the lines of a tone have.</summary>
    private const double Purity = 0.8;

    private readonly int _sampleRate;
    private readonly double[] _grid;
    private readonly double[] _windowed;

    public Spectrum(int sampleRate, int mostSamples)
    {
        _sampleRate = sampleRate;
        _grid = new double[(int)((Highest - Lowest) / GridStep) + 1];
        _windowed = new double[mostSamples];
    }

    /// <summary>The frequencies, lowest first; empty when the sound is no steady tone.</summary>
    public double[] Lines(ReadOnlySpan<short> samples)
    {
        var power = Window(samples);
        if (power == 0)
        {
            return [];
        }
        for (var i = 0; i < _grid.Length; i++)
        {
            _grid[i] = Amplitude(Lowest + i * GridStep, samples.Length);
        }
        // Half the width of a Hann window's main lobe, and a little more.
        var lobe = Math.Max(GridStep, 2.3 * _sampleRate / samples.Length);
        var lines = new List<double>(MaxLines);
        double strongest = 0;
        double explained = 0;
        while (lines.Count < MaxLines)
        {
            var peak = Strongest();
            if (_grid[peak] < Math.Max(Weakest * strongest, 1))
            {
                break;
            }
            var (frequency, amplitude) = Refine(peak, samples.Length);
            strongest = Math.Max(strongest, amplitude);
            explained += amplitude * amplitude / 2;
            lines.Add(frequency);
            Mask(frequency, lobe);
        }
        lines.Sort();
        return explained >= Purity * power ? [.. lines] : [];
    }

    /// <summary>Amplitude of a sine of this frequency, in units of a sample.</summary>
    private double Amplitude(double frequency, int length)
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
        // A Hann window halves the amplitude, and a sine has half of it on either side of zero.
        return 4 * Math.Sqrt(Math.Max(0, power)) / length;
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

    private int Strongest()
    {
        var peak = 0;
        for (var i = 1; i < _grid.Length; i++)
        {
            peak = _grid[i] > _grid[peak] ? i : peak;
        }
        return peak;
    }

    private (double Frequency, double Amplitude) Refine(int peak, int length)
    {
        var frequency = Lowest + peak * GridStep;
        var amplitude = _grid[peak];
        for (var step = GridStep / 2; step > 0.1; step /= 2)
        {
            var (below, above) = (Amplitude(frequency - step, length), Amplitude(frequency + step, length));
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

    private void Mask(double frequency, double lobe)
    {
        for (var i = 0; i < _grid.Length; i++)
        {
            if (Math.Abs(Lowest + i * GridStep - frequency) < lobe)
            {
                _grid[i] = 0;
            }
        }
    }
}
