using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// Takes what calls and users say from the lanes without ever holding them up, and writes it in batches on a thread of its own.
/// When the disk cannot follow, what does not fit the bounded queue is counted; it holds until the edge ends all the same.
/// </summary>
internal sealed class EvidenceWriter : IAsyncDisposable
{
    private const int QueueLength = 16_384;
    private const int BatchLength = 500;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Item> _queue = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly EvidenceStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosing;
    private volatile bool _isSound = true;
    private long _lost;

    internal EvidenceWriter(EvidenceStore store, ILogger log, TimeProvider clock)
    {
        _store = store;
        _log = log;
        _clock = clock;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>What did not fit the queue.</summary>
    internal long Lost => Volatile.Read(ref _lost);

    /// <summary>True while what is said outlives a restart: the last batch was written.</summary>
    internal bool IsSound => _isSound;

    /// <summary>Hands over what is to be written; returns at once.</summary>
    internal void Add(Action<SqliteTransaction> write)
    {
        if (!_queue.Writer.TryWrite(new Item(write, null)))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Waits until all that was handed over before is on disk.</summary>
    internal async Task SettleAsync(CancellationToken cancellation)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_isClosing && _queue.Writer.TryWrite(new Item(null, settled)))
        {
            Volatile.Read(ref _wake).TrySetResult();
            await settled.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _queue.Writer.TryComplete();
        Volatile.Read(ref _wake).TrySetResult();
        await _writing.ConfigureAwait(false);
        _store.Dispose();
    }

    private async Task WriteAllAsync()
    {
        List<Item> batch = new(BatchLength);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // Gathers for a moment, unless somebody waits: one transaction for many calls.
            await Task.WhenAny(Task.Delay(WriteEvery, _clock), Volatile.Read(ref _wake).Task).ConfigureAwait(false);
            Volatile.Write(ref _wake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_isClosing)
            {
                _wake.TrySetResult();
            }

            while (_queue.Reader.TryRead(out Item item))
            {
                batch.Add(item);
                if (batch.Count == BatchLength)
                {
                    await WriteAsync(batch).ConfigureAwait(false);
                }
            }

            await WriteAsync(batch).ConfigureAwait(false);
        }
    }

    /// <summary>A full or locked disk is waited for while the queue holds; a batch is given up only when closing.</summary>
    private async Task WriteAsync(List<Item> batch)
    {
        while (!TryWrite(batch) && !_isClosing)
        {
            await Task.Delay(RetryAfter, _clock).ConfigureAwait(false);
        }

        foreach (Item item in batch)
        {
            item.Settled?.TrySetResult();
        }

        batch.Clear();
    }

    private bool TryWrite(List<Item> batch)
    {
        try
        {
            _store.Write(batch.Select(item => item.Write).OfType<Action<SqliteTransaction>>());
            _isSound = true;
        }
        catch (SqliteException e)
        {
            _isSound = false;
            EdgeLog.EvidenceNotWritten(_log, batch.Count, e.Message);
        }

        return _isSound;
    }

    /// <summary>Something to write, or somebody who waits.</summary>
    private readonly record struct Item(Action<SqliteTransaction>? Write, TaskCompletionSource? Settled);
}
