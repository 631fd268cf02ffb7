using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>Microsoft Network Monitor 2: a start time, and frames that count microseconds from it.</summary>
internal sealed class NetMonReader : FrameReader
{
    private const int FileHeader = 128;
    private const int MaxRecord = 1 << 20;

    private readonly long _startTime;
    private readonly long _frameTable;
    private readonly int _trailer;

    public NetMonReader(ByteSource bytes, int input, DamageLog damage)
        : base(bytes, input, damage)
    {
        var head = bytes.Available;
        RecordHeader = 16;
        LinkType = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        _startTime = ReadStartTime(head[8..]);
        _frameTable = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);

        // From version 2.1 each record ends with its own media type; 2.2 and 2.3 add process and time zone.
        _trailer = head[4] switch
        {
            0 => 0,
            1 => 2,
            2 => 6,
            _ => 15,
        };
        bytes.Advance(FileHeader);
    }

    public override CaptureFormat Format => CaptureFormat.NetMon;

    public static bool Recognises(ReadOnlySpan<byte> head) => head.Length >= FileHeader && head.StartsWith("GMBU"u8);

    public override bool Read()
    {
        Pass();
        if (_frameTable != 0 && Bytes.Offset >= _frameTable)
        {
            return false;
        }

        if (!Bytes.Ensure(RecordHeader))
        {
            return EndOfInput(Bytes.Available.Length > 0);
        }

        var header = Bytes.Available;
        var captured = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (captured > MaxRecord)
        {
            Report(DamageKind.ImpossibleLength, Bytes.Offset);
            return false;
        }

        Time = PacketTime.Of(_startTime + ((Int128)BinaryPrimitives.ReadInt64LittleEndian(header) * 1_000));
        var snapped = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) > captured;
        if (!Bytes.Ensure(RecordHeader + (int)captured))
        {
            return EndOfInput(insideRecord: true);
        }

        var length = RecordHeader + (int)captured;
        Found((int)captured, snapped, Bytes.Ensure(length + _trailer) ? length + _trailer : length);
        return true;
    }

    // A SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond.
    private static long ReadStartTime(ReadOnlySpan<byte> at)
    {
        Span<int> part = stackalloc int[8];
        for (var i = 0; i < part.Length; i++)
        {
            part[i] = BinaryPrimitives.ReadUInt16LittleEndian(at[(2 * i)..]);
        }

        if (
            part[0] is < 1970 or > 9998
            || part[1] is < 1 or > 12
            || part[3] < 1
            || part[3] > DateTime.DaysInMonth(part[0], part[1])
            || part[4] > 23
            || part[5] > 59
            || part[6] > 59
            || part[7] > 999
        )
        {
            return 0;
        }

        var start = new DateTime(part[0], part[1], part[3], part[4], part[5], part[6], part[7], DateTimeKind.Utc);
        return (start - DateTime.UnixEpoch).Ticks * 100;
    }
}
