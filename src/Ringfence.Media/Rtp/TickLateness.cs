namespace Ringfence.Media.Rtp;

/// <summary>Histogram of how late the ticks of a <see cref="MediaClock"/> were. Written by its thread, read by any.</summary>
public sealed class TickLateness
{
    private static readonly int[] Bounds = [1, 2, 5, 10, 20, 50, 100];
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _worst;

    /// <summary>Upper bounds of the buckets in milliseconds; one more bucket has no bound.</summary>
    public static IReadOnlyList<int> UpperBounds => Bounds;

    /// <summary>The latest tick so far.</summary>
    public TimeSpan Worst => new(Volatile.Read(ref _worst));

    /// <summary>Ticks in all.</summary>
    public long Count
    {
        get
        {
            long sum = 0;
            for (var i = 0; i < _counts.Length; i++)
            {
                sum += Volatile.Read(ref _counts[i]);
            }
            return sum;
        }
    }

    /// <summary>Ticks in one bucket.</summary>
    /// <param name="bucket">Index into <see cref="UpperBounds"/>, or its length for the last.</param>
    public long this[int bucket] => Volatile.Read(ref _counts[bucket]);

    internal void Note(TimeSpan late)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && late.TotalMilliseconds > Bounds[bucket])
        {
            bucket++;
        }
        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        if (late.Ticks > _worst)
        {
            Volatile.Write(ref _worst, late.Ticks);
        }
    }
}
