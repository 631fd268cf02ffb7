using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>One interface of a pcapng section: link type, resolution and offset of its clock.</summary>
internal readonly record struct PcapNgInterface(int LinkType, uint SnapLength, byte Resolution, long OffsetSeconds)
{
    private const int OptionEnd = 0;
    private const int OptionTimeResolution = 9;
    private const int OptionTimeOffset = 14;
    private const byte Microseconds = 6;

    public static PcapNgInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        var resolution = Microseconds;
        var offset = 0L;
        var options = body[8..];
        while (options.Length >= 4 && U16(options, bigEndian) != OptionEnd)
        {
            var code = U16(options, bigEndian);
            var length = U16(options[2..], bigEndian);
            if (length > options.Length - 4)
            {
                break;
            }

            var value = options.Slice(4, length);
            if (code == OptionTimeResolution && length >= 1)
            {
                resolution = value[0];
            }
            else if (code == OptionTimeOffset && length >= 8)
            {
                offset = bigEndian
                    ? BinaryPrimitives.ReadInt64BigEndian(value)
                    : BinaryPrimitives.ReadInt64LittleEndian(value);
            }

            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        var snap = bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(body[4..])
            : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        return new PcapNgInterface(U16(body, bigEndian), snap, resolution, offset);
    }

    /// <summary>Clock ticks since 1970 as nanoseconds: the resolution is a power of ten, or of two if its high bit is set.</summary>
    public long Nanoseconds(ulong ticks)
    {
        var power = Resolution & 0x7F;
        UInt128 nanoseconds;
        if ((Resolution & 0x80) != 0)
        {
            nanoseconds = ((UInt128)ticks * 1_000_000_000) >> power;
        }
        else if (power <= 9)
        {
            nanoseconds = (UInt128)ticks * PowerOfTen(9 - power);
        }
        else
        {
            nanoseconds = ticks / PowerOfTen(Math.Min(power - 9, 19));
        }

        return PacketTime.Of((Int128)nanoseconds + ((Int128)OffsetSeconds * 1_000_000_000));
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 value = 1;
        for (var i = 0; i < exponent; i++)
        {
            value *= 10;
        }

        return value;
    }

    private static int U16(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);
}
