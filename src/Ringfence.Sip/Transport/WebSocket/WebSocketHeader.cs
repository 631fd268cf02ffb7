using System.Buffers.Binary;

namespace Ringfence.Sip.Transport;

/// <summary>The header of a WebSocket frame (RFC 6455 §5.2).</summary>
internal readonly ref struct WebSocketHeader
{
    /// <summary>The longest header that is written.</summary>
    internal const int Largest = 10;

    /// <summary>The longest payload of a control frame (§5.5).</summary>
    internal const int LargestControl = 125;

    private const int MaskLength = 4;

    internal WebSocketOpcode Opcode { get; private init; }

    /// <summary>True for the last frame of a message.</summary>
    internal bool IsFinal { get; private init; }

    /// <summary>Bytes of the header, mask included.</summary>
    internal int Length { get; private init; }

    /// <summary>Bytes of the payload.</summary>
    internal ulong PayloadLength { get; private init; }

    internal bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>
    /// Reads the header of a client's frame. False when more bytes are needed, or, with <paramref name="isSound"/> false, when no more
    /// would help.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketHeader header, out bool isSound)
    {
        header = default;
        isSound = true;
        if (bytes.Length < 2)
        {
            return false;
        }

        int shortLength = bytes[1] & 0x7F;
        int longer =
            shortLength == 127 ? 8
            : shortLength == 126 ? 2
            : 0;
        var opcode = (WebSocketOpcode)(bytes[0] & 0x0F);
        bool isFinal = (bytes[0] & 0x80) != 0;
        bool isControl = opcode is WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong;
        // Reserved bits and opcodes belong to extensions, of which none was agreed; a client masks (§5.1).
        isSound =
            (bytes[0] & 0x70) == 0
            && (bytes[1] & 0x80) != 0
            && (isControl ? isFinal && shortLength <= LargestControl : opcode <= WebSocketOpcode.Binary);
        if (!isSound || bytes.Length < 2 + longer + MaskLength)
        {
            return false;
        }

        ulong length = longer switch
        {
            8 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (ulong)shortLength,
        };
        // The shortest form, and the top bit never (§5.2).
        isSound = longer switch
        {
            8 => length is > ushort.MaxValue and <= long.MaxValue,
            2 => length > LargestControl,
            _ => true,
        };
        header = new WebSocketHeader
        {
            Opcode = opcode,
            IsFinal = isFinal,
            Length = 2 + longer + MaskLength,
            PayloadLength = length,
        };
        return isSound;
    }

    /// <summary>Writes a server's header, which has no mask; returns its length.</summary>
    internal static int Write(Span<byte> room, WebSocketOpcode opcode, int payloadLength)
    {
        room[0] = (byte)(0x80 | (byte)opcode);
        if (payloadLength <= LargestControl)
        {
            room[1] = (byte)payloadLength;
            return 2;
        }

        if (payloadLength <= ushort.MaxValue)
        {
            room[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)payloadLength);
            return 4;
        }

        room[1] = 127;
        BinaryPrimitives.WriteUInt64BigEndian(room[2..], (ulong)payloadLength);
        return Largest;
    }

    /// <summary>Takes the mask off a payload in place (§5.3).</summary>
    internal static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] ^= mask[i & 3];
        }
    }
}
