using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>The head of one frame (RFC 6455 §5.2).</summary>
internal readonly struct WebSocketFrame
{
    private readonly uint _mask;
    private readonly byte _first;

    private WebSocketFrame(byte first, uint mask, int headLength, long length)
    {
        (_first, _mask, HeadLength, Length) = (first, mask, headLength, length);
    }

    public int HeadLength { get; }

    public long Length { get; }

    public bool IsFinal => (_first & 0x80) != 0;

    public bool Reserved => (_first & 0x70) != 0;

    public bool IsControl => (_first & 0x08) != 0;

    public bool IsContinuation => (_first & 0x0F) == 0;

    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out WebSocketFrame frame)
    {
        frame = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        var masked = (bytes[1] & 0x80) != 0;
        long length = bytes[1] & 0x7F;
        var extended = length switch
        {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        var head = 2 + extended + (masked ? 4 : 0);
        if (bytes.Length < head)
        {
            return false;
        }

        length = extended switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            8 => (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]) & long.MaxValue),
            _ => length,
        };
        var mask = masked ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(head - 4)..]) : 0;
        frame = new WebSocketFrame(bytes[0], mask, head, length);
        return true;
    }

    public void Unmask(ReadOnlySpan<byte> body, Span<byte> clear)
    {
        for (var i = 0; i < body.Length; i++)
        {
            clear[i] = (byte)(body[i] ^ (_mask >> (8 * (3 - (i & 3)))));
        }
    }
}
