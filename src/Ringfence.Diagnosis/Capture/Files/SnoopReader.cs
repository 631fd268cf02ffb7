using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>snoop, the captures of Solaris (RFC 1761).</summary>
internal sealed class SnoopReader : RecordReader
{
    private const int FileHeader = 16;
    private const int RecordHeader = 24;
    private const int MaxRecord = 1 << 20;
    private readonly int _linkType;
    private int _pending;
    private int _captured;
    private bool _snapped;

    public SnoopReader(ByteSource bytes, int input, DamageLog damage)
        : base(bytes, input, damage)
    {
        // Data links of RFC 1761 §3, as far as voice goes over them: both kinds of Ethernet.
        var link = BinaryPrimitives.ReadUInt32BigEndian(bytes.Available[12..]);
        _linkType = link is 0 or 4 ? 1 : -1;
        bytes.Advance(FileHeader);
    }

    public override CaptureFormat Format => CaptureFormat.Snoop;

    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= FileHeader
        && head.StartsWith("snoop\0\0\0"u8)
        && BinaryPrimitives.ReadUInt32BigEndian(head[8..]) == 2;

    public override bool Read()
    {
        Bytes.Advance(_pending);
        _pending = 0;
        if (!Bytes.Ensure(RecordHeader))
        {
            return EndOfInput(Bytes.Available.Length > 0);
        }

        var header = Bytes.Available;
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var record = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        if (captured > MaxRecord || record > MaxRecord || record < RecordHeader + captured)
        {
            Report(DamageKind.ImpossibleLength, Bytes.Offset);
            return false;
        }

        Time =
            (BinaryPrimitives.ReadUInt32BigEndian(header[16..]) * 1_000_000_000L)
            + (BinaryPrimitives.ReadUInt32BigEndian(header[20..]) * 1_000L);
        _snapped = BinaryPrimitives.ReadUInt32BigEndian(header) > captured;
        if (!Bytes.Ensure(RecordHeader + (int)captured))
        {
            return EndOfInput(insideRecord: true);
        }

        _captured = (int)captured;
        _pending = Bytes.Ensure((int)record) ? (int)record : RecordHeader + _captured;
        return true;
    }

    public override void Deliver(PacketDecoder decoder, long frame) =>
        decoder.Frame(
            new FrameStamp(frame, Time, Input, _snapped, PlaceOf(RecordHeader)),
            _linkType,
            Bytes.Available.Slice(RecordHeader, _captured)
        );
}
