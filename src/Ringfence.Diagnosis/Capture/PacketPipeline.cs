using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Ringfence.Diagnosis.Capture;

/// <summary>
/// Lets a capture be read on one core while what is in it is worked on on another. The other side gets the same packets in the same order; a
/// capture that fits one batch is handed on without a second thread. Bounded: the reader waits when it is ahead by all batches.
/// </summary>
internal sealed class PacketPipeline(ICaptureSink sink) : ICaptureSink, IDisposable
{
    private const int Batches = 6;

    private readonly BlockingCollection<PacketBatch> _filled = new(new ConcurrentQueue<PacketBatch>());
    private readonly BlockingCollection<PacketBatch> _free = new(new ConcurrentQueue<PacketBatch>());
    private PacketBatch _batch = new();
    private Thread? _worker;
    private ExceptionDispatchInfo? _fault;

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet) => Add(PacketBatch.Kind.Sip, packet);

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet) => Add(PacketBatch.Kind.Datagram, packet);

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet) => Add(PacketBatch.Kind.Unreachable, packet);

    /// <summary>Waits until everything has arrived; throws what the other side threw.</summary>
    public void Complete()
    {
        if (_worker is null)
        {
            _batch.Deliver(sink);
            return;
        }

        _filled.Add(_batch);
        Join();
        _fault?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Join();
        _filled.Dispose();
        _free.Dispose();
    }

    // Once per packet: see the reader.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(PacketBatch.Kind kind, in CapturedPacket packet)
    {
        if (_batch.TryAdd(kind, packet))
        {
            return;
        }

        if (_worker is null)
        {
            Start();
        }

        _filled.Add(_batch);
        _batch = _free.Take();
        _ = _batch.TryAdd(kind, packet);
    }

    private void Start()
    {
        for (var i = 1; i < Batches; i++)
        {
            _free.Add(new PacketBatch());
        }

        _worker = new Thread(Work) { Name = "calls and media", IsBackground = true };
        _worker.Start();
    }

    private void Join()
    {
        if (_worker is not null && !_filled.IsAddingCompleted)
        {
            _filled.CompleteAdding();
            _worker.Join();
        }
    }

    // A fault belongs to whoever began the reading; until it is told there, batches are emptied so that the reader does not wait for ever.
    private void Work()
    {
        foreach (var batch in _filled.GetConsumingEnumerable())
        {
            if (_fault is null)
            {
                Deliver(batch);
            }

            batch.Clear();
            _free.Add(batch);
        }
    }

    private void Deliver(PacketBatch batch)
    {
        try
        {
            batch.Deliver(sink);
        }
#pragma warning disable CA1031 // Every fault crosses to the other thread, whatever it is.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
    }
}
