using System.Runtime.ExceptionServices;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>
/// Reads a stream block by block. From the second block on a thread of its own reads (and decompresses) while what was read is worked on;
/// an input that fits one block needs none. Bounded: the thread waits when all blocks are full.
/// </summary>
internal sealed class ReadAhead(Stream stored, Stream stream, ReadAheadRoom room) : IDisposable
{
    /// <summary>Bytes left free before those of a block.</summary>
    public const int Margin = 1 << 16;

    private const int Size = 1 << 17;
    private const int Blocks = 6;

    private readonly Lock _entry = new();
    private readonly Queue<ByteBlock> _filled = new(Blocks);
    private readonly Stack<byte[]> _free = new(Blocks);
    private readonly SemaphoreSlim _ready = new(0);
    private readonly SemaphoreSlim _wanted = new(Blocks);
    private Thread? _thread;
    private ExceptionDispatchInfo? _unforeseen;
    private bool _isFirst = true;
    private bool _hasRoom;
    private bool _ended;
    private volatile bool _stopped;

    /// <summary>Set at the end when the input broke off by a fault.</summary>
    public DamageKind? Fault { get; private set; }

    /// <summary>The next bytes, at least one; false at the end of the input.</summary>
    public bool TryNext(out ByteBlock block)
    {
        block = default;
        if (_ended && _thread is null)
        {
            return false;
        }

        if (_isFirst || !IsAhead())
        {
            _isFirst = false;
            block = Fill(Buffer());
            return block.Length > 0;
        }

        _ready.Wait();
        lock (_entry)
        {
            if (_filled.TryDequeue(out block))
            {
                return true;
            }
        }

        Stop();
        _unforeseen?.Throw();
        return false;
    }

    /// <summary>Gives the buffer of a block back, to be filled again.</summary>
    public void Return(byte[] buffer)
    {
        lock (_entry)
        {
            _free.Push(buffer);
        }

        if (_thread is not null)
        {
            _wanted.Release();
        }
    }

    public void Dispose()
    {
        Stop();
        _ready.Dispose();
        _wanted.Dispose();
    }

    private bool IsAhead()
    {
        if (_thread is not null)
        {
            return true;
        }

        if (!room.TryTake())
        {
            return false;
        }

        _hasRoom = true;
        _thread = new Thread(Run) { Name = "capture", IsBackground = true };
        _thread.Start();
        return true;
    }

    private void Stop()
    {
        _stopped = true;
        if (_thread is not null)
        {
            _wanted.Release();
            _thread.Join();
            _thread = null;
            _ended = true;
        }

        if (_hasRoom)
        {
            _hasRoom = false;
            room.Return();
        }
    }

    private void Run()
    {
        try
        {
            while (!_ended)
            {
                _wanted.Wait();
                if (_stopped)
                {
                    return;
                }

                var block = Fill(Buffer());
                if (block.Length > 0)
                {
                    lock (_entry)
                    {
                        _filled.Enqueue(block);
                    }

                    _ready.Release();
                }
            }
        }
#pragma warning disable CA1031 // Every fault crosses to the thread that asks for the bytes, whatever it is.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _unforeseen = ExceptionDispatchInfo.Capture(fault);
        }

        _ready.Release();
    }

    private byte[] Buffer()
    {
        lock (_entry)
        {
            return _free.TryPop(out var used) ? used : GC.AllocateUninitializedArray<byte>(Margin + Size);
        }
    }

    private ByteBlock Fill(byte[] buffer)
    {
        var filled = 0;
        while (filled < Size && !_ended)
        {
            try
            {
                var read = stream.Read(buffer, Margin + filled, Size - filled);
                filled += read;
                _ended = read == 0;
            }
            catch (InvalidDataException)
            {
                // The framework tells damaged deflate data this way only; what came before stays readable.
                Fault = DamageKind.DamagedCompression;
                _ended = true;
            }
            catch (IOException)
            {
                Fault = DamageKind.Unreadable;
                _ended = true;
            }
        }

        return new ByteBlock(buffer, filled, stored.CanSeek ? stored.Position : -1);
    }
}
