using Ringfence.Media.Codecs;

namespace Ringfence.Media.Playout;

/// <summary>
/// Watches whether more waits than need be: when it did for a second, one packet may be left out, in silence if there is any. Not
/// thread-safe.
/// </summary>
internal sealed class PlayoutExcess
{
    /// <summary>Power below which a packet may be left out unheard, in dBm0.</summary>
    private const double Quiet = -45;

    /// <summary>Reads of 20 ms after which it is judged.</summary>
    private const int JudgedReads = 50;

    private const double SlackMs = 25;
    private const double FarTooMuchMs = 100;

    private int _reads;
    private double _least = double.MaxValue;
    private double _excess;

    /// <summary>Takes note of what waits before a read, and of what would do, in milliseconds.</summary>
    public void Note(double waiting, double target)
    {
        _least = Math.Min(_least, waiting);
        if (++_reads == JudgedReads)
        {
            _excess = _least - target - SlackMs;
            (_reads, _least) = (0, double.MaxValue);
        }
    }

    /// <summary>Whether this packet shall be left out.</summary>
    public bool LeavesOut(ReadOnlySpan<short> samples)
    {
        var leavesOut = _excess > FarTooMuchMs || (_excess > 0 && Level.Of(samples) < Quiet);
        _excess = leavesOut ? 0 : _excess;
        return leavesOut;
    }

    /// <summary>Another period of talk begins.</summary>
    public void Clear() => (_reads, _least, _excess) = (0, double.MaxValue, 0);
}
