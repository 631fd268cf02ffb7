using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>libpcap files: both byte orders, micro- and nanoseconds, and the modified records that carry eight bytes more.</summary>
internal sealed class PcapReader : FrameReader
{
    private const int MaxRecord = 1 << 20;
    private const int ResyncWindow = 1 << 19;

    private readonly bool _bigEndian;
    private readonly long _fraction = 1_000;
    private readonly long _fractions;

    public PcapReader(ByteSource bytes, int input, DamageLog damage)
        : base(bytes, input, damage)
    {
        var head = bytes.Available;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(head);
        RecordHeader = 16;
        _bigEndian = magic is 0xD4C3B2A1 or 0x4D3CB2A1 or 0x34CDB2A1;
        var value = U32(head);
        if (value == 0xA1B23C4D)
        {
            _fraction = 1;
        }
        else if (value == 0xA1B2CD34)
        {
            RecordHeader = 24;
        }

        _fractions = 1_000_000_000 / _fraction;

        // The upper bits of the field tell of frame check sequences, not of the link type.
        LinkType = (int)(U32(head[20..]) & 0x0FFF_FFFF);
        bytes.Advance(24);
    }

    public override CaptureFormat Format => CaptureFormat.Pcap;

    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 24
        && BinaryPrimitives.ReadUInt32LittleEndian(head)
            is 0xA1B2C3D4
                or 0xD4C3B2A1
                or 0xA1B23C4D
                or 0x4D3CB2A1
                or 0xA1B2CD34
                or 0x34CDB2A1;

    // Once per frame from the first one on: waiting for the tiers of the compiler would cost more than the reading itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Read()
    {
        Pass();
        while (Bytes.Ensure(RecordHeader))
        {
            var header = Bytes.Available;
            var fraction = U32(header[4..]);
            var captured = U32(header[8..]);
            if (captured > MaxRecord || fraction >= _fractions * 2)
            {
                Report(DamageKind.ImpossibleLength, Bytes.Offset);
                if (!Resynchronise())
                {
                    return false;
                }

                continue;
            }

            Time = (U32(header) * 1_000_000_000L) + (fraction * _fraction);
            var snapped = U32(header[12..]) > captured;
            var length = RecordHeader + (int)captured;
            if (!Bytes.Ensure(length))
            {
                return ReadCutRecord();
            }

            Found((int)captured, snapped, length);
            return true;
        }

        return EndOfInput(Bytes.Available.Length > 0);
    }

    // The last record of a file that was cut: what is there of it may still hold a message.
    private bool ReadCutRecord()
    {
        EndOfInput(insideRecord: true);
        var length = Bytes.Available.Length;
        Found(length - RecordHeader, snapped: true, length);
        return length > RecordHeader;
    }

    // Looks for the next place where two records follow each other with times near each other.
    private bool Resynchronise()
    {
        _ = Bytes.Ensure(ResyncWindow);
        var window = Bytes.Available;
        for (var at = 1; at + RecordHeader <= window.Length; at++)
        {
            if (LooksLikeRecord(window[at..], out var next) && FollowedByRecord(window, at + next))
            {
                Bytes.Advance(at);
                return true;
            }
        }

        return false;
    }

    private bool LooksLikeRecord(ReadOnlySpan<byte> at, out int length)
    {
        length = 0;
        if (at.Length < RecordHeader)
        {
            return false;
        }

        var captured = U32(at[8..]);
        length = RecordHeader + (int)Math.Min(captured, MaxRecord);
        return captured is > 0 and <= 65_535
            && U32(at[12..]) >= captured
            && U32(at[12..]) <= 262_144
            && U32(at[4..]) < _fractions
            && Math.Abs((U32(at) * 1_000_000_000L) - Time) < 86_400L * 1_000_000_000;
    }

    private bool FollowedByRecord(ReadOnlySpan<byte> window, int next) =>
        next == window.Length || (next < window.Length && LooksLikeRecord(window[next..], out _));

    private uint U32(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
