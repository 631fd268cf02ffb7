using System.Buffers.Binary;

namespace Ringfence.Media.Dtmf;

/// <summary>The payload of a telephone event packet (RFC 4733 section 2.3).</summary>
/// <param name="Event">Event code; 0 to 15 are the digits.</param>
/// <param name="IsEnd">Whether the event is over.</param>
/// <param name="Volume">Power below 0 dBm0, 0 to 63.</param>
/// <param name="Duration">Clock units from the timestamp to now.</param>
public readonly record struct TelephoneEvent(byte Event, bool IsEnd, byte Volume, ushort Duration)
{
    /// <summary>Octets of the payload.</summary>
    public const int Length = 4;

    /// <summary>The digit, or null when the event is another one.</summary>
    public char? Digit => Event < DtmfDigit.All.Length ? DtmfDigit.All[Event] : null;

    /// <summary>Reads a payload; the first event of several, or null when it is too short.</summary>
    public static TelephoneEvent? Read(ReadOnlySpan<byte> payload) =>
        payload.Length < Length
            ? null
            : new TelephoneEvent(
                payload[0],
                (payload[1] & 0x80) != 0,
                (byte)(payload[1] & 0x3F),
                BinaryPrimitives.ReadUInt16BigEndian(payload[2..])
            );

    /// <summary>Writes the payload.</summary>
    public void Write(Span<byte> payload)
    {
        payload[0] = Event;
        payload[1] = (byte)((IsEnd ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
    }
}
