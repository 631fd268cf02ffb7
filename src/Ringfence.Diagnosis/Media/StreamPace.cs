namespace Ringfence.Diagnosis.Media;

/// <summary>How the timestamps of a stream grow: the step that most packets take, and their sum against the clock of the capture.</summary>
internal struct StreamPace
{
    // A jump longer than this is a source that began anew.
    private const int LongestJump = 10;
    private const long Enough = 10_000_000_000;

    private int _step;
    private long _votes;
    private long _units;
    private long _from;

    /// <summary>The step in units of the RTP clock; 0 where no step has a majority.</summary>
    public readonly int Step => _votes > 0 ? _step : 0;

    /// <summary>Begins to measure.</summary>
    public void Begin(long time) => (_units, _from) = (0, time);

    /// <summary>Units a second up to a time; null before ten seconds.</summary>
    public readonly double? Rate(long now) => now - _from >= Enough && _units > 0 ? _units * 1e9 / (now - _from) : null;

    /// <summary>Takes the step to the next packet. The majority is found in one pass (Boyer and Moore's vote).</summary>
    public void Take(long time, int step, int clockRate)
    {
        if (Math.Abs((long)step) > (long)LongestJump * clockRate)
        {
            Begin(time);
            return;
        }

        _units += step;
        if (step == _step)
        {
            _votes++;
        }
        else if (_votes == 0)
        {
            (_step, _votes) = (step, 1);
        }
        else
        {
            _votes--;
        }
    }
}
