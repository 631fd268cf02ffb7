using System.Runtime.ExceptionServices;

namespace Ringfence.Diagnosis.Capture;

/// <summary>
/// Takes packets on one thread and passes them to a sink on another, so that the next ones are decoded meanwhile. The first ones go straight
/// to the sink: a short capture needs no thread. Bounded: who is ahead waits.
/// </summary>
internal sealed class PacketQueue(ICaptureSink sink) : ICaptureSink, IDisposable
{
    /// <summary>Packets that go straight to the sink.</summary>
    public const int Straight = 4_096;

    private const int Batches = 6;

    private readonly Lock _entry = new();
    private readonly Queue<PacketBatch> _filled = new(Batches);
    private readonly Stack<PacketBatch> _free = new(Batches);
    private readonly SemaphoreSlim _ready = new(0);
    private readonly SemaphoreSlim _room = new(Batches - 1);
    private Thread? _thread;
    private PacketBatch? _batch;
    private volatile ExceptionDispatchInfo? _fault;
    private long _straight = Environment.ProcessorCount == 1 ? long.MaxValue : Straight;

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet)
    {
        if (IsStraight())
        {
            sink.OnDatagram(packet);
            return;
        }

        Add(PacketBatch.Kind.Datagram, packet);
    }

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet)
    {
        if (IsStraight())
        {
            sink.OnSip(packet);
            return;
        }

        Add(PacketBatch.Kind.Sip, packet);
    }

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet)
    {
        if (IsStraight())
        {
            sink.OnUnreachable(packet);
            return;
        }

        Add(PacketBatch.Kind.Unreachable, packet);
    }

    /// <summary>Waits until the sink has taken all that came; throws what it has thrown.</summary>
    public void Finish()
    {
        if (_batch is not null)
        {
            Send();
        }

        Stop();
        _fault?.Throw();
    }

    public void Dispose()
    {
        Stop();
        _ready.Dispose();
        _room.Dispose();
    }

    private bool IsStraight() => _straight > 0 && _straight-- > 0;

    private void Add(PacketBatch.Kind kind, in CapturedPacket packet)
    {
        if (_batch?.IsFullFor(packet.Payload.Length) == true)
        {
            Send();
        }

        _batch ??= Empty();
        _batch.Add(kind, packet);
    }

    private void Send()
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { Name = "trace", IsBackground = true };
            _thread.Start();
        }

        lock (_entry)
        {
            _filled.Enqueue(_batch!);
        }

        _batch = null;
        _ready.Release();
        _room.Wait();
        _fault?.Throw();
    }

    private PacketBatch Empty()
    {
        lock (_entry)
        {
            return _free.TryPop(out var used) ? used : new PacketBatch();
        }
    }

    // Woken with nothing left to do, the thread ends.
    private void Stop()
    {
        if (_thread is { } thread)
        {
            _thread = null;
            _ready.Release();
            thread.Join();
        }
    }

    private void Run()
    {
        while (true)
        {
            _ready.Wait();
            PacketBatch? batch;
            lock (_entry)
            {
                if (!_filled.TryDequeue(out batch))
                {
                    return;
                }
            }

            Pass(batch);
            lock (_entry)
            {
                _free.Push(batch);
            }

            _room.Release();
        }
    }

    private void Pass(PacketBatch batch)
    {
        try
        {
            if (_fault is null)
            {
                batch.PassTo(sink);
            }
        }
#pragma warning disable CA1031 // Every fault crosses to the thread that brought the packets, whatever it is.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }

        batch.Clear();
    }
}
