namespace Ringfence.Media.Playout;

/// <summary>
/// Fills the place of lost audio with the last pitch period over and over, softer and softer, silent after 60 ms: what ITU-T
/// G.711 appendix I describes, for samples of any rate. Not thread-safe.
/// </summary>
internal sealed class LossConcealment
{
    private const int ShortestPitchUs = 2_500;
    private const int LongestPitchUs = 15_000;
    private const int CompareUs = 20_000;
    private const int FullUs = 10_000;
    private const int SilentUs = 60_000;
    private const int JoinUs = 4_000;

    private readonly int _sampleRate;

    /// <summary>Pitch is looked for at about 8 kHz.</summary>
    private readonly int _stride;
    private readonly short[] _history;
    private readonly short[] _period;
    private int _pitch;
    private int _at;
    private int _concealed;

    /// <param name="sampleRate">Samples per second.</param>
    public LossConcealment(int sampleRate)
    {
        _sampleRate = sampleRate;
        _stride = Math.Max(1, sampleRate / 8000);
        _history = new short[Samples(CompareUs + LongestPitchUs + LongestPitchUs / 4)];
        _period = new short[Samples(LongestPitchUs)];
    }

    /// <summary>Takes audio that came, and joins its beginning to what was filled in before.</summary>
    public void Receive(Span<short> samples)
    {
        if (_concealed > 0)
        {
            var join = Math.Min(Samples(JoinUs), samples.Length);
            for (var i = 0; i < join; i++)
            {
                var weight = (double)(i + 1) / (join + 1);
                samples[i] = (short)(weight * samples[i] + (1 - weight) * Synthetic());
            }
            _concealed = 0;
        }
        Remember(samples);
    }

    /// <summary>Fills the place of what did not come.</summary>
    public void Conceal(Span<short> samples)
    {
        if (_concealed == 0)
        {
            FindPeriod();
        }
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Synthetic();
        }
    }

    /// <summary>Another stream begins.</summary>
    public void Clear()
    {
        Array.Clear(_history);
        _concealed = 0;
    }

    private int Samples(int microseconds) => (int)((long)_sampleRate * microseconds / 1_000_000);

    private short Synthetic()
    {
        var sample = _period[_at];
        _at = _at + 1 == _pitch ? 0 : _at + 1;
        var faded = _concealed++ - Samples(FullUs);
        var gain = faded <= 0 ? 1 : Math.Max(0, 1 - (double)faded / Samples(SilentUs - FullUs));
        return (short)(gain * sample);
    }

    private void Remember(ReadOnlySpan<short> samples)
    {
        if (samples.Length >= _history.Length)
        {
            samples[^_history.Length..].CopyTo(_history);
            return;
        }
        _history.AsSpan(samples.Length).CopyTo(_history);
        samples.CopyTo(_history.AsSpan(_history.Length - samples.Length));
    }

    private void FindPeriod()
    {
        _pitch = Pitch();
        _at = 0;
        var end = _history.Length;
        _history.AsSpan(end - _pitch).CopyTo(_period);
        // The period's last quarter goes over into what came before its beginning, so that its repetition makes no step.
        var quarter = _pitch / 4;
        for (var i = 0; i < quarter; i++)
        {
            var weight = (double)(i + 1) / (quarter + 1);
            var at = _pitch - quarter + i;
            _period[at] = (short)((1 - weight) * _period[at] + weight * _history[end - _pitch - quarter + i]);
        }
    }

    /// <summary>The lag at which the last 20 ms are most like what came before them.</summary>
    private int Pitch()
    {
        var window = Samples(CompareUs);
        var start = _history.Length - window;
        var best = Samples(LongestPitchUs);
        var likeness = 0.0;
        for (var lag = Samples(ShortestPitchUs); lag <= Samples(LongestPitchUs); lag += _stride)
        {
            double product = 0;
            double power = 1;
            for (var i = start; i < _history.Length; i += _stride)
            {
                double before = _history[i - lag];
                product += _history[i] * before;
                power += before * before;
            }
            var alike = product > 0 ? product * product / power : 0;
            if (alike > likeness)
            {
                (likeness, best) = (alike, lag);
            }
        }
        return best;
    }
}
