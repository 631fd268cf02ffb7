using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>A forward window over the bytes of an input, decompressed if they begin with the gzip mark (RFC 1952 §2.3.1).</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly Stream _stored;
    private Stream _stream;
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private bool _ended;

    public ByteSource(Stream stream)
    {
        _stored = stream;
        _stream = stream;
        if (Ensure(2) && Available[0] == 0x1F && Available[1] == 0x8B)
        {
            Decompress();
        }
    }

    /// <summary>Where the window begins, in bytes after decompression.</summary>
    public long Offset { get; private set; }

    /// <summary>Set when the input broke off by a fault rather than by its end.</summary>
    public DamageKind? Fault { get; private set; }

    /// <summary>How far the stored bytes have been read.</summary>
    public long StoredPosition => _stored.CanSeek ? _stored.Position : Offset;

    /// <summary>What is in the window now.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Widens the window to <paramref name="count"/> bytes; false if the input holds fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Ensure(int count)
    {
        while (_end - _start < count && !_ended)
        {
            MakeRoom(count);
            Fill();
        }

        return _end - _start >= count;
    }

    /// <summary>Moves the window forward over bytes that are in it.</summary>
    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Moves the window forward over bytes that need not be in it; false at the end of the input.</summary>
    public bool Skip(long count)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            Advance(_end - _start);
            if (!Ensure(1))
            {
                return count == 0;
            }
        }

        Advance((int)count);
        return true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _stored.Dispose();
    }

    private void MakeRoom(int count)
    {
        if (_start > 0 && (_buffer.Length - _start < count || _start == _end))
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_buffer.Length < count)
        {
            Array.Resize(ref _buffer, count);
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }

    private void Fill()
    {
        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
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

    private void Decompress()
    {
        var head = Available.ToArray();
        _stream = new GZipStream(new PrefixedStream(head, _stored), CompressionMode.Decompress);
        _start = _end = 0;
        _ended = false;
    }
}
