using Ringfence.Media.Codecs;

namespace Ringfence.Media.Hearing;

/// <summary>
/// Cuts a stream into bursts: at silence, where the level leaps, and where one tone follows another without a gap.
/// Works in hops of 5 ms and finds edges to the sample.
/// </summary>
internal sealed class BurstDetector
{
    private const int HopsPerSecond = 200;

    /// <summary>Hops below this are silence: the troughs of a modulated tone of -40 dBm0 lie just above it.</summary>
    private const double Threshold = -58;

    /// <summary>Hops this far below the loudest of their burst are silence, too: an echo or line noise.</summary>
    private const double BelowBurst = 25;

    /// <summary>A hop that much louder than the burst so far begins another one.</summary>
    private const double Leap = 14;

    /// <summary>Hops in a row that must agree before a burst is cut.</summary>
    private const int Agreeing = 3;

    private const double LongestWindow = 0.5;

    /// <summary>Standard deviation of the centre of a tone's hops, as a share of it.</summary>
    private const double SteadySpread = 0.08;

    private readonly int _hopLength;
    private readonly int _sampleRate;
    private readonly short[] _hop;
    private readonly short[] _window;
    private readonly Spectrum _spectrum;
    private readonly Action<Burst> _found;
    private int _filled;
    private long _position;
    private Open _open;
    private int _deviating;

    /// <summary>A detector.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="found">Told of every burst when it has ended.</param>
    public BurstDetector(int sampleRate, Action<Burst> found)
    {
        _sampleRate = sampleRate;
        _hopLength = sampleRate / HopsPerSecond;
        _hop = new short[_hopLength];
        _window = new short[(int)(LongestWindow * sampleRate)];
        _spectrum = new Spectrum(sampleRate, _window.Length);
        _found = found;
    }

    /// <summary>Samples heard.</summary>
    public long Position => _position + _filled;

    public void Hear(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _hopLength - _filled);
            samples[..count].CopyTo(_hop.AsSpan(_filled));
            _filled += count;
            samples = samples[count..];
            if (_filled == _hopLength)
            {
                Hop();
                _position += _hopLength;
                _filled = 0;
            }
        }
    }

    /// <summary>The burst that is still open, as if it ended here; null when there is none.</summary>
    public Burst? Pending() => _open.IsOpen ? Close() : null;

    private void Hop()
    {
        var level = Level.Of(_hop);
        var floor = Math.Max(Threshold, _open.IsOpen ? _open.Loudest - BelowBurst : Threshold);
        if (level < floor)
        {
            End();
            return;
        }
        var centre = Centre();
        if (_open.IsOpen && Deviates(level, centre))
        {
            if (++_deviating >= Agreeing)
            {
                Cut();
            }
        }
        else
        {
            _deviating = 0;
        }
        if (!_open.IsOpen)
        {
            _open = new Open(_position + FirstLoud(), level);
        }
        Extend(level, centre);
    }

    private bool Deviates(double level, double centre) =>
        _open.Hops >= Agreeing
        && (
            level > _open.Loudest + Leap
            // Where two frequencies cancel each other, the centre of what is left says nothing.
            || (level > _open.Loudest - 10 && Math.Abs(centre - _open.Centre) > 0.12 * _open.Centre)
        );

    private void Extend(double level, double centre)
    {
        _open.Hops++;
        _open.Loudest = Math.Max(_open.Loudest, level);
        _open.End = _position + LastLoud() + 1;
        foreach (var sample in _hop)
        {
            _open.Energy += (double)sample * sample;
        }
        if (_deviating == 0)
        {
            _open.SteadyEnd = _open.End;
            _open.SteadyEnergy = _open.Energy;
            _open.Weighted += centre * Open.Weight(level);
            _open.Weights += Open.Weight(level);
            _open.Spread += centre * centre * Open.Weight(level);
        }
        if (_open.Windowed + _hopLength <= _window.Length && _deviating == 0)
        {
            _hop.CopyTo(_window.AsSpan(_open.Windowed));
            _open.Windowed += _hopLength;
        }
    }

    /// <summary>The burst ended where the last hops began to deviate; what follows is a new one.</summary>
    private void Cut()
    {
        var start = _open.SteadyEnd;
        var energy = _open.Energy - _open.SteadyEnergy;
        (_open.End, _open.Energy) = (_open.SteadyEnd, _open.SteadyEnergy);
        _found(Close());
        _open = new Open(start, Threshold) { Energy = energy };
        _deviating = 0;
    }

    private void End()
    {
        if (_open.IsOpen)
        {
            _found(Close());
        }
        _open = default;
        _deviating = 0;
    }

    private Burst Close()
    {
        var length = Math.Max(1, _open.End - _open.Start);
        var level = Level.OfAmplitude(Math.Sqrt(2 * _open.Energy / length));
        var centre = _open.Centre;
        // The first and the last hop hold the edges, which are no part of a steady tone.
        var inner =
            _open.IsSteady && _open.Windowed >= 6 * _hopLength
                ? _window.AsSpan(_hopLength, _open.Windowed - 2 * _hopLength)
                : [];
        var lines = inner.IsEmpty ? [] : _spectrum.Lines(inner);
        return new Burst(_open.Start, _open.End, level, lines.Length > 0 ? lines.Average() : centre, lines);
    }

    /// <summary>
    /// Centre of the hop's spectrum by the best second-order recursion x[n-1] + x[n+1] = 2 cos(w) x[n]: exact for one
    /// sine, between the two for a pair.
    /// </summary>
    private double Centre()
    {
        double product = 0;
        double square = 0;
        for (var i = 1; i < _hop.Length - 1; i++)
        {
            product += _hop[i] * (double)(_hop[i - 1] + _hop[i + 1]);
            square += 2.0 * _hop[i] * _hop[i];
        }
        return square == 0 ? 0 : Math.Acos(Math.Clamp(product / square, -1, 1)) / (2 * Math.PI) * _sampleRate;
    }

    private int FirstLoud()
    {
        var threshold = Level.AmplitudeOf(Threshold);
        for (var i = 0; i < _hop.Length; i++)
        {
            if (Math.Abs((int)_hop[i]) >= threshold)
            {
                return i;
            }
        }
        return 0;
    }

    private int LastLoud()
    {
        var threshold = Level.AmplitudeOf(Math.Max(Threshold, _open.Loudest - BelowBurst));
        for (var i = _hop.Length - 1; i >= 0; i--)
        {
            if (Math.Abs((int)_hop[i]) >= threshold)
            {
                return i;
            }
        }
        return _hop.Length - 1;
    }

    /// <summary>The burst that is not over yet.</summary>
    private struct Open(long start, double loudest)
    {
        public long Start = start;
        public long End = start;
        public long SteadyEnd = start;
        public double Loudest = loudest;
        public double Energy;
        public double SteadyEnergy;
        public double Weighted;
        public double Weights;
        public double Spread;
        public int Windowed;
        public int Hops;
        public bool IsOpen = true;

        public readonly double Centre => Weights == 0 ? 0 : Weighted / Weights;

        /// <summary>A tone keeps its centre; speech, whose centre wanders, need not be looked at any closer.</summary>
        public readonly bool IsSteady =>
            Spread / Weights - Centre * Centre < SteadySpread * SteadySpread * Centre * Centre;

        /// <summary>Loud hops say more about the centre than those in which two frequencies cancel.</summary>
        public static double Weight(double level) => Math.Pow(10, level / 10);
    }
}
