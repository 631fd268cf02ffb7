namespace Ringfence.Screening.Rates;

/// <summary>A count in the present window of time and in the one before it.</summary>
internal struct WindowCount
{
    private ushort _now;
    private ushort _before;

    /// <summary>The present count and half of the past one: what a count that fades by half would be.</summary>
    public readonly int Faded => _now + (_before / 2);

    public static void Increment(ref ushort count, int by = 1) => count = (ushort)Math.Min(count + by, ushort.MaxValue);

    public void Add() => Increment(ref _now);

    public void Add(WindowCount other)
    {
        Increment(ref _now, other._now);
        Increment(ref _before, other._before);
    }

    /// <summary>Moves on from one time to a later one.</summary>
    public void Roll(uint from, uint to, uint window)
    {
        var windows = (to / window) - (from / window);
        if (windows > 0)
        {
            _before = windows == 1 ? _now : (ushort)0;
            _now = 0;
        }
    }

    /// <summary>The count over the window that ends now, as if the past one had been even.</summary>
    public readonly int Read(uint now, uint window) =>
        _now + (int)(_before * (ulong)(window - (now % window)) / window);
}
