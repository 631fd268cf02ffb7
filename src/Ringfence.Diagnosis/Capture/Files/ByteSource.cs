using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>A forward window over the bytes of an input, decompressed if they begin with the gzip mark (RFC 1952 §2.3.1).</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly Stream _stored;
    private readonly ReadAheadRoom _room;
    private Stream _stream;
    private ReadAhead _ahead;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private long _storedEnd;
    private bool _isBlock;
    private bool _ended;

    public ByteSource(Stream stream, ReadAheadRoom room)
    {
        (_stored, _stream, _room) = (stream, stream, room);
        _ahead = new ReadAhead(stream, stream, room);
        IsAddressable = stream is { CanSeek: true, Position: 0 };
        if (Ensure(2) && Available[0] == 0x1F && Available[1] == 0x8B)
        {
            Decompress();
        }
    }

    /// <summary>Where the window begins, in bytes after decompression.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether offsets are those of the stored bytes, and these can be read again at any place.</summary>
    public bool IsAddressable { get; private set; }

    /// <summary>Set when the input broke off by a fault rather than by its end.</summary>
    public DamageKind? Fault => _ended ? _ahead.Fault : null;

    /// <summary>How far the stored bytes have been read.</summary>
    public long StoredPosition => _storedEnd < 0 ? Offset : _storedEnd;

    /// <summary>What is in the window now.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Widens the window to <paramref name="count"/> bytes; false if the input holds fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Ensure(int count) => _end - _start >= count || Widen(count);

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
        _ahead.Dispose();
        _stream.Dispose();
        _stored.Dispose();
    }

    private bool Widen(int count)
    {
        while (_end - _start < count && !_ended)
        {
            if (!_ahead.TryNext(out var block))
            {
                _ended = true;
                break;
            }

            _storedEnd = block.StoredEnd;
            Join(block, count);
        }

        return _end - _start >= count;
    }

    // What is left of the last block goes before the next one; only where that is much, both go into a buffer of their own.
    private void Join(in ByteBlock block, int count)
    {
        var left = Available;
        if (left.Length <= ReadAhead.Margin)
        {
            var start = ReadAhead.Margin - left.Length;
            left.CopyTo(block.Buffer.AsSpan(start));
            Become(block.Buffer, start, ReadAhead.Margin + block.Length, isBlock: true);
            return;
        }

        if (_isBlock || _buffer.Length - _end < block.Length)
        {
            var larger = new byte[Math.Max(count, 2 * left.Length) + block.Buffer.Length];
            left.CopyTo(larger);
            Become(larger, 0, left.Length, isBlock: false);
        }

        block.Buffer.AsSpan(ReadAhead.Margin, block.Length).CopyTo(_buffer.AsSpan(_end));
        _end += block.Length;
        _ahead.Return(block.Buffer);
    }

    private void Become(byte[] buffer, int start, int end, bool isBlock)
    {
        if (_isBlock)
        {
            _ahead.Return(_buffer);
        }

        (_buffer, _start, _end, _isBlock) = (buffer, start, end, isBlock);
    }

    private void Decompress()
    {
        var head = Available.ToArray();
        IsAddressable = false;
        _ahead.Dispose();
        _stream = new GZipStream(new PrefixedStream(head, _stored), CompressionMode.Decompress);
        _ahead = new ReadAhead(_stored, _stream, _room);
        (_buffer, _start, _end, _isBlock, _ended) = ([], 0, 0, false, false);
    }
}
