namespace Ringfence.Media.Playout;

/// <summary>
/// How long packets have to wait so that they come in time: as long as the slowest of the last four seconds was slower than the
/// fastest, within bounds. Clocks that drift apart do not matter over so short a time. Not thread-safe.
/// </summary>
/// <param name="clockRate">Clock of the stream in hertz.</param>
internal sealed class PlayoutDelay(int clockRate)
{
    /// <summary>Never less: streams are read every 10 ms and played every 20 ms.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Never more: beyond that conversation suffers more than from loss (G.114).</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);

    private const int Periods = 8;
    private const double PeriodMs = 500;
    private const double Margin = 5;

    /// <summary>A step of the transit time beyond this is another timeline and no jitter.</summary>
    private const double LongestStep = 1000;

    private readonly double[] _fastest = new double[Periods];
    private readonly double[] _slowest = new double[Periods];
    private int _period;
    private double _periodEnds;
    private uint _first;
    private double _last;
    private int _count;

    /// <summary>The delay that suits what came lately.</summary>
    public TimeSpan Target { get; private set; } = 2 * Least;

    /// <summary>Takes note of a packet.</summary>
    /// <param name="timestamp">Its timestamp.</param>
    /// <param name="now">When it came.</param>
    public void Note(uint timestamp, TimeSpan now)
    {
        if (_count == 0)
        {
            _first = timestamp;
        }
        var arrived = now.TotalMilliseconds;
        var transit = arrived - unchecked((int)(timestamp - _first)) * 1000.0 / clockRate;
        if (_count == 0 || Math.Abs(transit - _last) > LongestStep)
        {
            Begin(timestamp, arrived);
            transit = arrived;
        }
        else if (arrived >= _periodEnds)
        {
            _period = (_period + 1) % Periods;
            (_fastest[_period], _slowest[_period]) = (transit, transit);
            _periodEnds = arrived + PeriodMs;
        }
        _last = transit;
        _fastest[_period] = Math.Min(_fastest[_period], transit);
        _slowest[_period] = Math.Max(_slowest[_period], transit);
        // A few packets say nothing about the next ones.
        if (++_count >= 10)
        {
            var spread = Maximum(_slowest) - Minimum(_fastest) + Margin;
            Target = TimeSpan.FromMilliseconds(Math.Clamp(spread, Least.TotalMilliseconds, Most.TotalMilliseconds));
        }
    }

    private void Begin(uint timestamp, double arrived)
    {
        (_first, _count, _period, _periodEnds) = (timestamp, 0, 0, arrived + PeriodMs);
        Array.Fill(_fastest, double.MaxValue);
        Array.Fill(_slowest, double.MinValue);
    }

    private static double Minimum(ReadOnlySpan<double> values)
    {
        var least = double.MaxValue;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }
        return least;
    }

    private static double Maximum(ReadOnlySpan<double> values)
    {
        var most = double.MinValue;
        foreach (var value in values)
        {
            most = Math.Max(most, value);
        }
        return most;
    }
}
