using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Storage;

/// <summary>
/// Takes call records from the lanes without ever holding them up, and writes them in batches on a thread of its own. When the
/// disk cannot follow, what does not fit the bounded queue is counted, and calls go on.
/// </summary>
public sealed class CallRecordWriter : IAsyncDisposable
{
    private const int QueueLength = 65_536;
    private const int BatchLength = 1_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<CallRecord> _queue = Channel.CreateBounded<CallRecord>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly CallRecordStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private volatile bool _closing;
    private long _lost;
    private long _written;

    /// <summary>Begins to write into a store, which it owns from now on.</summary>
    public CallRecordWriter(CallRecordStore store, ILogger log, TimeProvider clock)
    {
        _store = store;
        _log = log;
        _clock = clock;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Records that did not fit the queue.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Records written so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Hands over a record; returns at once.</summary>
    public void Add(CallRecord record)
    {
        if (!_queue.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes what is left, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _store.Dispose();
    }

    private async Task WriteAllAsync()
    {
        List<CallRecord> batch = new(BatchLength);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < BatchLength && _queue.Reader.TryRead(out CallRecord? record))
            {
                batch.Add(record);
            }

            await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    /// <summary>A full or locked disk is waited for while the queue holds; a batch is given up only when closing.</summary>
    private async Task WriteAsync(List<CallRecord> batch)
    {
        while (true)
        {
            try
            {
                _store.Write(batch);
                Interlocked.Add(ref _written, batch.Count);
                return;
            }
            catch (SqliteException e)
            {
                EdgeLog.RecordsNotWritten(_log, batch.Count, e.Message);
                if (_closing)
                {
                    Interlocked.Add(ref _lost, batch.Count);
                    return;
                }

                await Task.Delay(RetryAfter, _clock).ConfigureAwait(false);
            }
        }
    }
}
