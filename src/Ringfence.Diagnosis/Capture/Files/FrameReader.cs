using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>Reads a file of frames, each behind a header of one length.</summary>
internal abstract class FrameReader(ByteSource bytes, int input, DamageLog damage) : RecordReader(bytes, input, damage)
{
    private int _pending;
    private int _captured;
    private bool _snapped;

    /// <summary>Bytes of the header before a frame.</summary>
    protected int RecordHeader { get; init; }

    /// <summary>What frames begin with; below 0 where that is not known here.</summary>
    protected int LinkType { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Deliver(PacketDecoder decoder, long frame) =>
        decoder.Frame(
            new FrameStamp(frame, Time, Input, _snapped, PlaceOf(RecordHeader)),
            LinkType,
            Bytes.Available.Slice(RecordHeader, _captured)
        );

    /// <summary>Goes behind the record that was found last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Pass()
    {
        Bytes.Advance(_pending);
        _pending = 0;
    }

    /// <summary>A record was found, of so many bytes with its header and what is behind its frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Found(int captured, bool snapped, int length) =>
        (_captured, _snapped, _pending) = (captured, snapped, length);
}
