namespace Ringfence.Media.Codecs;

/// <summary>
/// Changes the sampling rate of a stream as it comes, by a windowed sinc in as many phases as the ratio needs. What goes in for
/// 10 ms comes out as 10 ms, late by less than 2 ms. Not thread-safe.
/// </summary>
public sealed class StreamResampler
{
    /// <summary>Zero crossings of the sinc on either side.</summary>
    private const int Crossings = 12;

    /// <summary>Share of the band that is kept; the rest is for the filter's slope.</summary>
    private const double Kept = 0.9;

    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[] _filter;
    private readonly float[] _line;
    private int _next;

    /// <summary>A resampler.</summary>
    /// <param name="from">Samples per second that go in.</param>
    /// <param name="to">Samples per second that come out.</param>
    public StreamResampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        (From, To) = (from, to);
        var common = Common(from, to);
        (_up, _down) = (to / common, from / common);
        var cutoff = Kept * Math.Min(1.0, (double)to / from);
        _taps = 2 * (int)Math.Ceiling(Crossings / cutoff);
        _filter = Filter(_up, _taps, cutoff);
        // 120 ms is the longest packet of any encoding.
        _line = new float[_taps - 1 + from * 12 / 100];
    }

    /// <summary>Samples per second that go in.</summary>
    public int From { get; }

    /// <summary>Samples per second that come out.</summary>
    public int To { get; }

    /// <summary>Converts the next samples.</summary>
    /// <param name="samples">At most 120 ms; what is more is dropped.</param>
    /// <param name="converted">Where they go; what does not fit is dropped.</param>
    /// <returns>Samples written.</returns>
    public int Convert(ReadOnlySpan<short> samples, Span<short> converted)
    {
        var before = _taps - 1;
        samples = samples[..Math.Min(samples.Length, _line.Length - before)];
        for (var i = 0; i < samples.Length; i++)
        {
            _line[before + i] = samples[i];
        }
        var count = 0;
        for (; _next < samples.Length * _up; _next += _down)
        {
            if (count < converted.Length)
            {
                converted[count++] = Sample(_next / _up, _next % _up);
            }
        }
        _next -= samples.Length * _up;
        Array.Copy(_line, samples.Length, _line, 0, before);
        return count;
    }

    /// <summary>Forgets what came before: another stream begins.</summary>
    public void Reset()
    {
        Array.Clear(_line);
        _next = 0;
    }

    private short Sample(int at, int phase)
    {
        var taps = _filter.AsSpan(phase * _taps, _taps);
        var line = _line.AsSpan(at, _taps);
        var sum = 0f;
        for (var i = 0; i < taps.Length; i++)
        {
            sum += taps[i] * line[i];
        }
        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    /// <summary>The filter of each phase one after another, each turned around, so that it runs along the samples.</summary>
    private static float[] Filter(int phases, int taps, double cutoff)
    {
        var filter = new float[phases * taps];
        var centre = (phases * taps - 1) / 2.0;
        for (var phase = 0; phase < phases; phase++)
        {
            var sum = 0.0;
            for (var tap = 0; tap < taps; tap++)
            {
                sum += Kernel((phase + tap * phases - centre) / phases, cutoff, taps / 2.0);
            }
            for (var tap = 0; tap < taps; tap++)
            {
                var value = Kernel((phase + tap * phases - centre) / phases, cutoff, taps / 2.0);
                // Every phase passes a steady value unchanged: otherwise the phases would be heard as a tone.
                filter[phase * taps + taps - 1 - tap] = (float)(value / sum);
            }
        }
        return filter;
    }

    private static double Kernel(double distance, double cutoff, double reach)
    {
        var angle = Math.PI * cutoff * distance;
        var sinc = angle == 0 ? 1 : Math.Sin(angle) / angle;
        // Blackman window.
        var place = Math.PI * distance / reach;
        return sinc * (0.42 + 0.5 * Math.Cos(place) + 0.08 * Math.Cos(2 * place));
    }

    private static int Common(int one, int other) => other == 0 ? one : Common(other, one % other);
}
