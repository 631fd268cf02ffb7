using System.Diagnostics.Metrics;

namespace Ringfence.Edge.Telemetry;

/// <summary>The series of an instrument, whoever made it: hosts in one process that have the same count together.</summary>
internal sealed class MeterFamily(Instrument instrument)
{
    private const int MostSeries = 1_000;

    private readonly Lock _lock = new();
    private MeterSeries[] _series = [];

    internal Instrument Instrument => instrument;

    internal bool IsHistogram { get; } = instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>);

    internal bool IsGauge { get; } =
        instrument.GetType().GetGenericTypeDefinition() == typeof(ObservableGauge<>)
        || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);

    /// <summary>What observed instruments say at a scrape; those that others kept before count anew.</summary>
    internal bool IsObserved => instrument.IsObservable;

    internal IReadOnlyList<MeterSeries> Series => Volatile.Read(ref _series);

    /// <summary>Begins a scrape: what is observed is summed up from nothing.</summary>
    internal void Forget()
    {
        if (IsObserved)
        {
            Volatile.Write(ref _series, []);
        }
    }

    internal void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (Of(labels) is not { } series)
        {
            return;
        }

        if (IsHistogram)
        {
            series.Record(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>The series of some labels; a new one is rare, and the only thing that takes a lock. Null when there are too many.</summary>
    private MeterSeries? Of(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (Find(labels) is { } known)
        {
            return known;
        }

        lock (_lock)
        {
            if (Find(labels) is { } meanwhile)
            {
                return meanwhile;
            }

            if (_series.Length >= MostSeries)
            {
                return null;
            }

            var made = new MeterSeries(labels);
            Volatile.Write(ref _series, [.. _series, made]);
            return made;
        }
    }

    private MeterSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (MeterSeries series in Volatile.Read(ref _series))
        {
            if (series.IsOf(labels))
            {
                return series;
            }
        }

        return null;
    }
}
