namespace Ringfence.Edge.Telemetry;

/// <summary>One series of an instrument: its labels, and what it has come to. Counted on lanes, without a lock.</summary>
internal sealed class MeterSeries
{
    /// <summary>Upper bounds of a histogram's buckets, in the instrument's unit; seconds in all of ours.</summary>
    internal static readonly double[] Bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _value;
    private long _count;

    internal MeterSeries(ReadOnlySpan<KeyValuePair<string, object?>> labels) => Labels = [.. labels];

    internal IReadOnlyList<KeyValuePair<string, object?>> Labels { get; }

    /// <summary>The count, the sum, or the last value.</summary>
    internal double Value => Volatile.Read(ref _value);

    /// <summary>How often something was measured.</summary>
    internal long Count => Volatile.Read(ref _count);

    internal long Bucket(int index) => Volatile.Read(ref _buckets[index]);

    internal void Set(double value) => Volatile.Write(ref _value, value);

    internal void Add(double value)
    {
        double before = Volatile.Read(ref _value);
        while (true)
        {
            double seen = Interlocked.CompareExchange(ref _value, before + value, before);
            if (seen.Equals(before))
            {
                return;
            }

            before = seen;
        }
    }

    internal void Record(double value)
    {
        int index = Array.FindIndex(Bounds, bound => value <= bound);
        Interlocked.Increment(ref _buckets[index < 0 ? Bounds.Length : index]);
        Interlocked.Increment(ref _count);
        Add(value);
    }

    internal bool IsOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.Length != Labels.Count)
        {
            return false;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if (
                labels[i].Key != Labels[i].Key
                || !(ReferenceEquals(labels[i].Value, Labels[i].Value) || Equals(labels[i].Value, Labels[i].Value))
            )
            {
                return false;
            }
        }

        return true;
    }
}
