using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Storage;

/// <summary>Takes call records from the lanes without ever holding them up, and writes them in batches (<see cref="BatchWriter{T}"/>).</summary>
public sealed class CallRecordWriter : IAsyncDisposable
{
    private readonly CallRecordStore _store;
    private readonly BatchWriter<CallRecord> _writer;

    /// <summary>Told of every batch once it is written, on the writer's thread; null for nobody.</summary>
    internal Action<IReadOnlyList<CallRecord>>? Wrote { get; set; }

    /// <summary>Begins to write into a store, which it owns from now on.</summary>
    public CallRecordWriter(CallRecordStore store, ILogger log, TimeProvider clock)
    {
        _store = store;
        _writer = new(65_536, Write, (count, reason) => EdgeLog.RecordsNotWritten(log, count, reason), clock);
    }

    /// <summary>Records that did not fit the queue.</summary>
    public long Lost => _writer.Lost;

    /// <summary>Records written so far.</summary>
    public long Written => _writer.Written;

    /// <summary>Hands over a record; returns at once.</summary>
    public void Add(CallRecord record) => _writer.Add(record);

    /// <summary>Writes what is left, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
    }

    private void Write(IReadOnlyList<CallRecord> records)
    {
        _store.Write(records);
        Wrote?.Invoke(records);
    }
}
