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
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<CallRecord> _queue = Channel.CreateBounded<CallRecord>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly CallRecordStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closing;
    private long _lost;
    private long _written;

    /// <summary>Told of every batch once it is written, on the writer's thread; null for nobody.</summary>
    internal Action<IReadOnlyList<CallRecord>>? Wrote { get; set; }

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
        _closed.TrySetResult();
        await _writing.ConfigureAwait(false);
        _store.Dispose();
    }

    /// <summary>
    /// Looks at the queue four times a second instead of being woken by each record: at a thousand calls a second a wake-up each
    /// would cost more than the calls.
    /// </summary>
    private async Task WriteAllAsync()
    {
        using var timer = new PeriodicTimer(WriteEvery, _clock);
        List<CallRecord> batch = new(BatchLength);
        do
        {
            while (_queue.Reader.TryRead(out CallRecord? record))
            {
                batch.Add(record);
                if (batch.Count == BatchLength)
                {
                    await FlushAsync(batch).ConfigureAwait(false);
                }
            }

            await FlushAsync(batch).ConfigureAwait(false);
        } while (await NextAsync(timer).ConfigureAwait(false));
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        if (_closing)
        {
            return _queue.Reader.Count > 0;
        }

        await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), _closed.Task).ConfigureAwait(false);
        return true;
    }

    private async Task FlushAsync(List<CallRecord> batch)
    {
        if (batch.Count > 0)
        {
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
                Wrote?.Invoke(batch);
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
