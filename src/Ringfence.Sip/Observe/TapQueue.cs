using System.Collections.Concurrent;

namespace Ringfence.Sip.Observe;

/// <summary>Takes messages from the lanes to a thread that may wait for a disk or a network; drops, and counts, what is too much.</summary>
internal sealed class TapQueue : IDisposable
{
    private readonly BlockingCollection<TapRecord> _waiting;
    private readonly Action<TapRecord> _write;
    private readonly Thread _thread;
    private long _dropped;
    private long _failed;

    internal TapQueue(string name, int capacity, Action<TapRecord> write)
    {
        _waiting = new BlockingCollection<TapRecord>(capacity);
        _write = write;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    internal long Dropped => Volatile.Read(ref _dropped);

    internal long Failed => Volatile.Read(ref _failed);

    internal void Add(in TappedMessage message)
    {
        // Asked first, so that an overflow does not even copy.
        if (_waiting.IsAddingCompleted || _waiting.Count >= _waiting.BoundedCapacity || !_waiting.TryAdd(new(message)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Run()
    {
        foreach (TapRecord record in _waiting.GetConsumingEnumerable())
        {
            try
            {
                _write(record);
            }
            catch (Exception e)
                when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                // A full disk or a collector that is away must not end the recording of what comes later.
                Interlocked.Increment(ref _failed);
            }
        }
    }
}
