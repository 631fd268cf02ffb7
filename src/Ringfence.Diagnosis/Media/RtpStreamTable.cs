using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Sorts datagrams into RTP streams. What came but a few times is not taken for a stream unless a session description named it.</summary>
internal sealed class RtpStreamTable(TraceLimits limits)
{
    private readonly Dictionary<RtpStreamKey, RtpStream> _streams = [];
    private readonly AudioRoom _room = new();
    private RtpStreamKey _lastKey;
    private RtpStream? _last;
    private long _audio;

    public IEnumerable<RtpStream> Streams => _streams.Values;

    public RtcpCounts Rtcp { get; } = new();

    /// <summary>What session descriptions have said so far.</summary>
    public NamedMedia Named { get; } = new();

    /// <summary>STUN and DTLS beside the media.</summary>
    public MediaHandshakes Handshakes { get; } = new();

    // Once per datagram of a capture: see the reader of captures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(in CapturedPacket packet)
    {
        var payload = packet.Payload;
        if (payload.Length < RtpPacket.HeaderLength || payload[0] >> 6 != 2)
        {
            Handshakes.Take(packet);
            return;
        }

        // The header alone, by hand: of most packets nothing else is asked (RFC 3550 §5.1, RFC 5761 §4).
        if (payload[1] is >= 192 and <= 223)
        {
            Rtcp.Take(packet);
            return;
        }

        var type = (byte)(payload[1] & 0x7F);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(payload[8..]);
        if (Find(packet, ssrc, type) is not { } stream)
        {
            return;
        }

        var sequence = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        stream.Take(packet, type, sequence, timestamp);

        // Named events have a dynamic payload type and four bytes (RFC 4733 §2.3).
        if (
            type >= 96
            && payload.Length == RtpPacket.HeaderLength + 4
            && DtmfEvents.LooksLikeOne(payload[RtpPacket.HeaderLength..])
        )
        {
            stream.TakeEvent(packet, timestamp, payload[RtpPacket.HeaderLength..]);
        }

        if (stream.Keeps && _audio < limits.MaxAudio && (stream.IsSecure || type is 0 or 8 or 9 || type >= 96))
        {
            _audio += stream.Keep(payload, _room, (int)Math.Min(limits.MaxAudioOfStream, limits.MaxAudio - _audio));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private RtpStream? Find(in CapturedPacket packet, uint ssrc, byte payloadType)
    {
        var key = new RtpStreamKey(packet.Source, packet.Destination, ssrc);
        if (_last is not null && key == _lastKey)
        {
            return _last;
        }

        ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_streams, key, out var known);
        if (!known)
        {
            if (_streams.Count > limits.MaxStreams)
            {
                _streams.Remove(key);
                return null;
            }

            var format = Named.FormatOf(packet.Destination, packet.Source, payloadType);
            stream = new RtpStream(packet.Source, packet.Destination, ssrc)
            {
                ClockRate = format?.ClockRate ?? 8_000,
                IsSecure = Named.IsSecure(packet.Destination, packet.Source),
            };
        }

        (_lastKey, _last) = (key, stream);
        return stream;
    }
}
