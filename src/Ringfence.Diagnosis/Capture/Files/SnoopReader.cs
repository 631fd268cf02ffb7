using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>snoop, the captures of Solaris (RFC 1761).</summary>
internal sealed class SnoopReader : FrameReader
{
    private const int FileHeader = 16;
    private const int MaxRecord = 1 << 20;

    public SnoopReader(ByteSource bytes, int input, DamageLog damage)
        : base(bytes, input, damage)
    {
        // Data links of RFC 1761 §3, as far as voice goes over them: both kinds of Ethernet.
        var link = BinaryPrimitives.ReadUInt32BigEndian(bytes.Available[12..]);
        RecordHeader = 24;
        LinkType = link is 0 or 4 ? 1 : -1;
        bytes.Advance(FileHeader);
    }

    public override CaptureFormat Format => CaptureFormat.Snoop;

    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= FileHeader
        && head.StartsWith("snoop\0\0\0"u8)
        && BinaryPrimitives.ReadUInt32BigEndian(head[8..]) == 2;

    public override bool Read()
    {
        Pass();
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
        var snapped = BinaryPrimitives.ReadUInt32BigEndian(header) > captured;
        if (!Bytes.Ensure(RecordHeader + (int)captured))
        {
            return EndOfInput(insideRecord: true);
        }

        var length = (int)(Bytes.Ensure((int)record) ? record : RecordHeader + captured);
        Found((int)captured, snapped, length);
        return true;
    }
}
