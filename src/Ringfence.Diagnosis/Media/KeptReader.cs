namespace Ringfence.Diagnosis.Media;

/// <summary>Reads kept packets, copied or where they are in their inputs. What is no longer there is passed over.</summary>
internal sealed class KeptReader(AudioRoom room, int longest) : IDisposable
{
    private readonly byte[] _buffer = new byte[longest];
    private Stream? _input;

    /// <summary>Reads a packet, valid until the next; false where there is none.</summary>
    public bool TryRead(KeptPacket kept, out ReadOnlySpan<byte> packet)
    {
        packet = default;
        if (kept.IsInput)
        {
            _input?.Dispose();
            _input = room.Open((int)kept.Offset);
            return false;
        }

        if (kept.IsCopy)
        {
            packet = room.At(kept.Offset, kept.Length);
            return true;
        }

        packet = _buffer.AsSpan(0, kept.Length);
        return _input is not null && TryFill(_input, kept.Offset, _buffer.AsSpan(0, kept.Length));
    }

    /// <inheritdoc/>
    public void Dispose() => _input?.Dispose();

    private static bool TryFill(Stream input, long offset, Span<byte> packet)
    {
        try
        {
            input.Seek(offset, SeekOrigin.Begin);
            return input.ReadAtLeast(packet, packet.Length, throwOnEndOfStream: false) == packet.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
