namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Bytes that wait for more; whoever appends checks the limit first.</summary>
internal sealed class GrowingBuffer
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    public static GrowingBuffer Of(ReadOnlySpan<byte> bytes)
    {
        var buffer = new GrowingBuffer();
        buffer.Append(bytes);
        return buffer;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _bytes.Length)
        {
            var room = Math.Max(512, Length + bytes.Length);
            var larger = room > _bytes.Length ? new byte[Math.Max(room, _bytes.Length * 2)] : _bytes;
            Span.CopyTo(larger);
            (_bytes, _end, _start) = (larger, Length, 0);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    public void Drop(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    /// <summary>Forgets the bytes and lets go of their memory.</summary>
    public void Clear()
    {
        _bytes = [];
        _start = _end = 0;
    }
}
