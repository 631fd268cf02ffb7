using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ringfence.Edge.Storage;

/// <summary>
/// Takes from the lanes what is to be kept, without ever holding them up, and writes it in batches on a thread of its own. When the
/// disk cannot follow, what does not fit the bounded queue is counted, and calls go on.
/// </summary>
internal sealed class BatchWriter<T> : IAsyncDisposable
{
    private const int BatchLength = 1_000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Item> _queue;
    private readonly Action<IReadOnlyList<T>> _write;
    private readonly Action<int, string> _onNotWritten;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private TaskCompletionSource _wake = NewSource();
    private volatile bool _isClosing;
    private volatile bool _isSound = true;
    private long _lost;
    private long _written;

    /// <summary>Begins to wait for what is handed over.</summary>
    /// <param name="queueLength">What may wait at most.</param>
    /// <param name="write">Writes a batch; throws <see cref="SqliteException"/> when it cannot.</param>
    /// <param name="onNotWritten">Told the length of a batch that could not be written, and why.</param>
    /// <param name="clock">The clock of the pauses.</param>
    internal BatchWriter(
        int queueLength,
        Action<IReadOnlyList<T>> write,
        Action<int, string> onNotWritten,
        TimeProvider clock
    )
    {
        _queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(queueLength) { SingleReader = true });
        (_write, _onNotWritten, _clock) = (write, onNotWritten, clock);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>What did not fit the queue, or was still not written when it closed.</summary>
    internal long Lost => Volatile.Read(ref _lost);

    /// <summary>What was written so far.</summary>
    internal long Written => Volatile.Read(ref _written);

    /// <summary>True while the last batch was written.</summary>
    internal bool IsSound => _isSound;

    /// <summary>Hands over what is to be written; returns at once.</summary>
    internal void Add(T value)
    {
        if (!_queue.Writer.TryWrite(new Item(value, null)))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Waits until all that was handed over before is on disk.</summary>
    internal async Task SettleAsync(CancellationToken cancellation)
    {
        TaskCompletionSource settled = NewSource();
        if (!_isClosing && _queue.Writer.TryWrite(new Item(default, settled)))
        {
            Volatile.Read(ref _wake).TrySetResult();
            await settled.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _queue.Writer.TryComplete();
        Volatile.Read(ref _wake).TrySetResult();
        await _writing.ConfigureAwait(false);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAllAsync()
    {
        List<Item> batch = new(BatchLength);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // Gathers for a moment, unless somebody waits: at a thousand calls a second a wake-up each would cost more than the calls.
            await Task.WhenAny(Task.Delay(WriteEvery, _clock), Volatile.Read(ref _wake).Task).ConfigureAwait(false);
            Volatile.Write(ref _wake, NewSource());
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
        List<T> values = [.. batch.Where(item => item.Settled is null).Select(item => item.Value!)];
        while (!TryWrite(values))
        {
            if (_isClosing)
            {
                Interlocked.Add(ref _lost, values.Count);
                break;
            }

            await Task.Delay(RetryAfter, _clock).ConfigureAwait(false);
        }

        foreach (Item item in batch)
        {
            item.Settled?.TrySetResult();
        }

        batch.Clear();
    }

    private bool TryWrite(List<T> values)
    {
        if (values.Count == 0)
        {
            return true;
        }

        try
        {
            _write(values);
            Interlocked.Add(ref _written, values.Count);
            _isSound = true;
        }
        catch (SqliteException e)
        {
            _isSound = false;
            _onNotWritten(values.Count, e.Message);
        }

        return _isSound;
    }

    /// <summary>Something to write, or somebody who waits.</summary>
    private readonly record struct Item(T? Value, TaskCompletionSource? Settled);
}
