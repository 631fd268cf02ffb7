namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>One direction of an association: leaves out what was sent again, and joins the parts of messages in whatever order they come.</summary>
internal sealed class SctpDirection(int maxBytes)
{
    // What lies further back than this is no longer waited for, and taken for new if it comes again.
    private const int Window = 1_024;

    private readonly long[] _seen = new long[Window];
    private readonly Dictionary<(ulong Message, uint Part), (byte[] Bytes, bool Begins, bool Ends)> _parts = [];
    private readonly Queue<(ulong Message, uint Part)> _age = new();
    private readonly GrowingBuffer _message = new();
    private int _waiting;

    /// <summary>Takes a chunk; true if a message is whole with it.</summary>
    public bool Takes(in SctpChunk chunk, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (WasSeen(chunk.Number))
        {
            return false;
        }

        if (chunk is { Begins: true, Ends: true })
        {
            message = chunk.Payload;
            return true;
        }

        if (
            chunk.Payload.Length > maxBytes
            || !_parts.TryAdd(Key(chunk), (chunk.Payload.ToArray(), chunk.Begins, chunk.Ends))
        )
        {
            return false;
        }

        _age.Enqueue(Key(chunk));
        _waiting += chunk.Payload.Length;
        var whole = TryJoin(chunk.Message, chunk.Part);
        while ((_waiting > maxBytes || _age.Count > Window) && _age.TryDequeue(out var oldest))
        {
            Drop(oldest);
        }

        message = whole ? _message.Span : default;
        return whole;
    }

    // The numbers of a window have places of their own; 0 stands for none.
    private bool WasSeen(uint number)
    {
        ref var place = ref _seen[number % Window];
        var seen = place == number + 1L;
        place = number + 1L;
        return seen;
    }

    private bool TryJoin(ulong message, uint part)
    {
        var first = part;
        while (!_parts[(message, first)].Begins)
        {
            if (!_parts.ContainsKey((message, --first)))
            {
                return false;
            }
        }

        var last = part;
        while (!_parts[(message, last)].Ends)
        {
            if (!_parts.ContainsKey((message, ++last)))
            {
                return false;
            }
        }

        _message.Clear();
        for (var at = first; ; at++)
        {
            _message.Append(_parts[(message, at)].Bytes);
            Drop((message, at));
            if (at == last)
            {
                return true;
            }
        }
    }

    private void Drop((ulong Message, uint Part) key)
    {
        if (_parts.Remove(key, out var part))
        {
            _waiting -= part.Bytes.Length;
        }
    }

    private static (ulong Message, uint Part) Key(in SctpChunk chunk) => (chunk.Message, chunk.Part);
}
