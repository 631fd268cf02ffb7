namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>A user message that comes in several DATA chunks with consecutive numbers (RFC 9260 §6.9).</summary>
internal sealed class SctpMessage(uint number, ReadOnlySpan<byte> first)
{
    private readonly GrowingBuffer _bytes = GrowingBuffer.Of(first);
    private uint _last = number;

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    public bool TryAppend(uint number, ReadOnlySpan<byte> part, int limit)
    {
        if (number != _last + 1 || _bytes.Length + part.Length > limit)
        {
            return false;
        }

        _last = number;
        _bytes.Append(part);
        return true;
    }
}
