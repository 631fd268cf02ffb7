using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>Notes STUN and DTLS among the datagrams (RFC 7983 §7 tells them apart by their first byte), bounded.</summary>
internal sealed class MediaHandshakes
{
    private const int MaxNoted = 50_000;
    private const uint MagicCookie = 0x2112_A442;
    private const byte Handshake = 22;
    private readonly List<MediaHandshake> _noted = [];

    public IReadOnlyList<MediaHandshake> Noted => _noted;

    public void Take(in CapturedPacket packet)
    {
        if (_noted.Count < MaxNoted && KindOf(packet.Payload) is { } kind)
        {
            _noted.Add(new MediaHandshake(kind, packet.Frame, packet.Time, packet.Source, packet.Destination));
        }
    }

    private static HandshakeKind? KindOf(ReadOnlySpan<byte> payload)
    {
        if (payload.Length >= 20 && payload[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == MagicCookie)
        {
            return BinaryPrimitives.ReadUInt16BigEndian(payload) switch
            {
                0x0001 => HandshakeKind.BindingRequest,
                0x0101 => HandshakeKind.BindingResponse,
                _ => null,
            };
        }

        // Record header of 13 bytes, then the type of the handshake message (RFC 9147 §4, RFC 6347 §4.1).
        return payload.Length >= 14 && payload[0] == Handshake && payload[1] == 0xFE && payload[3..5] is [0, 0]
            ? payload[13] switch
            {
                1 => HandshakeKind.ClientHello,
                2 or 3 => HandshakeKind.ServerHello,
                _ => null,
            }
            : null;
    }
}
