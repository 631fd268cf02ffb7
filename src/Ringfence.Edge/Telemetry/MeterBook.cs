using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ringfence.Edge.Telemetry;

/// <summary>Keeps what the meters of Ringfence count, for <c>/metrics</c>.</summary>
internal sealed class MeterBook : IDisposable
{
    private const string Ours = "Ringfence.";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MeterFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _scraping = new();

    internal MeterBook()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(
                    instrument,
                    _families.GetOrAdd(instrument.Name, static (_, made) => new MeterFamily(made), instrument)
                );
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, labels, family) => ((MeterFamily)family!).Take(value, labels)
        );
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, labels, family) => ((MeterFamily)family!).Take(value, labels)
        );
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, labels, family) => ((MeterFamily)family!).Take(value, labels)
        );
        _listener.Start();
    }

    /// <summary>Everything as the text format of Prometheus has it.</summary>
    internal string Text()
    {
        lock (_scraping)
        {
            foreach (MeterFamily family in _families.Values)
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            return MetricsText.Of(_families.Values.OrderBy(family => family.Instrument.Name, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
