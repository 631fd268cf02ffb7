using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>Named telephone events of one stream (RFC 4733 §2.3): packets with the same timestamp are one digit.</summary>
internal sealed class DtmfEvents
{
    private const string Names = "0123456789*#ABCD";
    private const int PayloadLength = 4;
    private const int MaxDigits = 1_000;
    private readonly List<DtmfDigit> _digits = [];
    private uint _timestamp;

    public IReadOnlyList<DtmfDigit> Digits => _digits;

    /// <summary>Whether a payload has the form of a digit: four bytes, a known event, the reserved bit off.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> payload) =>
        payload.Length == PayloadLength && payload[0] < Names.Length && (payload[1] & 0x40) == 0;

    public void Take(in CapturedPacket packet, uint timestamp, ReadOnlySpan<byte> payload, int clockRate) =>
        Take(
            (packet.Frame, packet.Time, packet.Source, (byte)(packet.Payload[1] & 0x7F)),
            timestamp,
            payload,
            clockRate
        );

    /// <summary>Takes an event that was seen there and then.</summary>
    public void Take(
        (long Frame, long Time, PacketAddress Source, byte PayloadType) seen,
        uint timestamp,
        ReadOnlySpan<byte> payload,
        int clockRate
    )
    {
        var digit = Names[payload[0]];
        var ended = (payload[1] & 0x80) != 0;
        var duration = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) / (double)clockRate);
        if (_digits.Count > 0 && _timestamp == timestamp)
        {
            _digits[^1] = _digits[^1] with { Duration = duration, Ended = ended || _digits[^1].Ended };
        }
        else if (_digits.Count < MaxDigits)
        {
            _timestamp = timestamp;
            _digits.Add(
                new DtmfDigit(DtmfKind.Event, digit, seen.Frame, seen.Time, seen.Source, duration, ended)
                {
                    PayloadType = seen.PayloadType,
                }
            );
        }
    }
}
