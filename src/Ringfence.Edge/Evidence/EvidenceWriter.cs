using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// Takes what calls and users say from the lanes without ever holding them up, and writes it in batches (<see cref="BatchWriter{T}"/>).
/// What could not be written is counted; it holds until the edge ends all the same.
/// </summary>
internal sealed class EvidenceWriter : IAsyncDisposable
{
    private readonly EvidenceStore _store;
    private readonly BatchWriter<Action<SqliteTransaction>> _writer;

    internal EvidenceWriter(EvidenceStore store, ILogger log, TimeProvider clock)
    {
        _store = store;
        _writer = new(16_384, store.Write, (count, reason) => EdgeLog.EvidenceNotWritten(log, count, reason), clock);
    }

    /// <summary>What did not fit the queue.</summary>
    internal long Lost => _writer.Lost;

    /// <summary>True while what is said outlives a restart: the last batch was written.</summary>
    internal bool IsSound => _writer.IsSound;

    /// <summary>Hands over what is to be written; returns at once.</summary>
    internal void Add(Action<SqliteTransaction> write) => _writer.Add(write);

    /// <summary>Waits until all that was handed over before is on disk.</summary>
    internal Task SettleAsync(CancellationToken cancellation) => _writer.SettleAsync(cancellation);

    /// <summary>Writes what is left, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
    }
}
