using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>A chunk that carries a user message or a part of one: DATA (RFC 9260 §3.3.1) or I-DATA (RFC 8260 §2.1).</summary>
internal readonly ref struct SctpChunk
{
    private const byte Data = 0;
    private const byte InterleavedData = 64;
    private const byte Ending = 1;
    private const byte Beginning = 2;
    private const byte Unordered = 4;

    /// <summary>The number of the chunk, consecutive within the association.</summary>
    public uint Number { get; private init; }

    /// <summary>To which message it belongs: of I-DATA stream, order and message; 0 of DATA, where the numbers of chunks say it.</summary>
    public ulong Message { get; private init; }

    /// <summary>Which part of the message it is; of DATA the number of the chunk.</summary>
    public uint Part { get; private init; }

    public bool Begins { get; private init; }

    public bool Ends { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> chunk, out SctpChunk read)
    {
        read = default;
        var interleaved = chunk[0] == InterleavedData;
        var header = interleaved ? 20 : 16;
        if (chunk[0] is not (Data or InterleavedData) || chunk.Length <= header)
        {
            return false;
        }

        var begins = (chunk[1] & Beginning) != 0;
        var number = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        ulong stream = BinaryPrimitives.ReadUInt16BigEndian(chunk[8..]);
        var order = (chunk[1] & Unordered) != 0 ? 3UL : 2UL;
        read = new SctpChunk
        {
            Number = number,
            Message = interleaved
                ? (order << 48) | (stream << 32) | BinaryPrimitives.ReadUInt32BigEndian(chunk[12..])
                : 0,
            Part =
                !interleaved ? number
                : begins ? 0
                : BinaryPrimitives.ReadUInt32BigEndian(chunk[16..]),
            Begins = begins,
            Ends = (chunk[1] & Ending) != 0,
            Payload = chunk[header..],
        };
        return true;
    }
}
