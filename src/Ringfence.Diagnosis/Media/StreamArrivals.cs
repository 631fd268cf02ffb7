using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Media;

/// <summary>How the packets of one stream arrived: counted by their sequence numbers (RFC 3550 appendix A), timed by their timestamps.</summary>
internal struct StreamArrivals
{
    private const int Window = 3_000;

    private SequenceWindow _window;
    private StreamPace _pace;
    private ushort _lastSequence;
    private uint _lastTimestamp;
    private long _lastTimed;
    private long _base;
    private long _highest;

    public long Packets;
    public long Reordered;
    public long Duplicates;
    public long LossBursts;
    public long LongestBurst;
    public long LongestGap;
    public long LongestGapFrom;
    public long Restarted;
    public long Last;
    public double Jitter;
    public double HighestJitter;

    public readonly long Lost => Packets == 0 ? 0 : _highest - _base + 1 - Packets;

    /// <summary>The step of the timestamps that most packets take; 0 where none has a majority.</summary>
    public readonly int Step => _pace.Step;

    /// <summary>Timestamp units a second; null before ten seconds.</summary>
    public readonly double? Rate => _pace.Rate(Last);

    /// <summary>The first packet.</summary>
    public void Begin(long time, ushort sequence, uint timestamp)
    {
        Packets = 1;
        (_lastSequence, _lastTimestamp, _lastTimed, Last) = (sequence, timestamp, time, time);
        _pace.Begin(time);
        _base = _highest = sequence;
        _window.Begin();
    }

    /// <summary>A packet after the first.</summary>
    /// <remarks>Once per packet of a capture, as what it calls: too often to wait for the tiers of the compiler.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(long time, ushort sequence, uint timestamp, int clockRate, bool isEvent)
    {
        Packets++;
        var step = (short)(sequence - _lastSequence);
        if (step == 1)
        {
            _lastSequence = sequence;
            _highest++;
            _window.Advance(1);
        }
        else if (Count(time, sequence, step))
        {
            // Its timestamps begin anew as well.
            (_lastTimestamp, _lastTimed) = (timestamp, time);
            _pace.Begin(time);
        }

        if (time - Last > LongestGap)
        {
            (LongestGap, LongestGapFrom) = (time - Last, Last);
        }

        Last = time;
        if (isEvent)
        {
            // All packets of an event have the timestamp at which it began (RFC 4733 §2.2.1): audio is measured from audio to audio.
            return;
        }

        // Packets of one timestamp (video) say nothing of jitter.
        if (timestamp != _lastTimestamp)
        {
            var units = unchecked((int)(timestamp - _lastTimestamp));
            _pace.Take(time, units, clockRate);
            var sent = units * 1_000.0 / clockRate;
            var difference = Math.Abs(((time - _lastTimed) / 1_000_000.0) - sent);
            Jitter += (difference - Jitter) / 16;
            HighestJitter = Math.Max(HighestJitter, Jitter);
        }

        (_lastTimestamp, _lastTimed) = (timestamp, time);
    }

    // Whether the source has begun anew.
    private bool Count(long time, ushort sequence, int step)
    {
        if (Math.Abs(step) > Window)
        {
            // A source that begins anew (RFC 3550 appendix A.1): what came before stays counted.
            Restarted = time;
            _base += sequence - (_highest + 1);
            _highest = sequence;
            _lastSequence = sequence;
            _window.Begin();
            return true;
        }

        if (step > 0)
        {
            LossBursts++;
            LongestBurst = Math.Max(LongestBurst, step - 1);
            _lastSequence = sequence;
            _highest += step;
            _window.Advance(step);
            return false;
        }

        if (_window.IsSet(-step))
        {
            Duplicates++;
        }
        else
        {
            Reordered++;
            _window.Mark(-step);
        }

        return false;
    }
}
