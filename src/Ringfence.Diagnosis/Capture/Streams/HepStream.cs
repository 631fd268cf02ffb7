using Ringfence.Diagnosis.Capture.Hep;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Cuts a byte stream into the packets of a capture agent: version 3 says how long each is.</summary>
internal sealed class HepStream(PacketOutlet outlet)
{
    private readonly GrowingBuffer _buffer = new();

    /// <summary>Takes bytes; false when they are no HEP and the rest was dropped.</summary>
    public bool Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        _buffer.Append(bytes);
        while (HepPacket.TryMeasure(_buffer.Span, out var length))
        {
            if (length == 0 || length > _buffer.Length)
            {
                return true;
            }

            if (HepPacket.TryParse(_buffer.Span[..length], out var packet))
            {
                outlet.Hep(stamp, packet);
            }

            _buffer.Drop(length);
        }

        Interrupted();
        return false;
    }

    public void Interrupted() => _buffer.Clear();
}
