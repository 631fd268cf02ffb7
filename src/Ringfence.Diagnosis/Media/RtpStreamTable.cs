using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Sorts datagrams into RTP streams. What came but a few times is not taken for a stream unless a session description named it.</summary>
internal sealed class RtpStreamTable
{
    private const int FirstSlots = 256;

    // Whoever writes a capture does not know it, and so not which streams would fall on one slot.
    private static readonly ulong Seed = (ulong)(uint)HashCode.Combine(0) << 32 | (uint)HashCode.Combine(1);

    private readonly TraceLimits _limits;
    private readonly AudioRoom _room;
    private readonly List<RtpStream> _streams = [];

    // Open addressing: a stream lies in the first free slot from the one that its hash names.
    private RtpStream?[] _slots = new RtpStream?[FirstSlots];
    private long _audio;

    /// <summary>A table.</summary>
    /// <param name="limits">What to keep.</param>
    /// <param name="inputs">What is read, where it can be read again.</param>
    public RtpStreamTable(TraceLimits limits, IReadOnlyList<CaptureInput>? inputs)
    {
        _limits = limits;
        _room = new AudioRoom(inputs);
    }

    /// <summary>The streams in order of their first packets.</summary>
    public IReadOnlyList<RtpStream> Streams => _streams;

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
        var slot = SlotOf(packet, ssrc);
        if ((_slots[slot] ?? Begin(packet, ssrc, type, slot)) is not { } stream)
        {
            return;
        }

        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        stream.Take(packet, type, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]), timestamp);

        // Named events have a dynamic payload type and four bytes (RFC 4733 §2.3).
        if (
            type >= 96
            && payload.Length == RtpPacket.HeaderLength + 4
            && DtmfEvents.LooksLikeOne(payload[RtpPacket.HeaderLength..])
        )
        {
            stream.TakeEvent(packet, timestamp, payload[RtpPacket.HeaderLength..]);
        }

        if (stream.Keeps && _audio < _limits.MaxAudio && (type is 0 or 8 or 9 or >= 96 || stream.IsSecure))
        {
            _audio += stream.Keep(packet, type, _room, _limits.MaxAudioOfStream);
        }
    }

    // Where the stream of a packet is, or where it would be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(in CapturedPacket packet, uint ssrc)
    {
        var slots = _slots;
        var slot = Hash(packet.Source, packet.Destination, ssrc) & (slots.Length - 1);
        while (slots[slot] is { } stream && !stream.Is(packet, ssrc))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(in PacketAddress source, in PacketAddress destination, uint ssrc)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        var ports = ((ulong)source.Port << 16) | destination.Port;
        var hash = (((ulong)ssrc << 32) | ports) ^ Seed;
        hash = (hash ^ (hash >> 29)) * Golden;
        hash ^= Fold(source) + (Fold(destination) * Golden);
        hash = (hash ^ (hash >> 32)) * Golden;
        return (int)(hash >> 33);
    }

    private static ulong Fold(in PacketAddress address) => address.Bits.Low ^ address.Bits.High;

    private RtpStream? Begin(in CapturedPacket packet, uint ssrc, byte payloadType, int slot)
    {
        if (_streams.Count > _limits.MaxStreams)
        {
            return null;
        }

        var format = Named.FormatOf(packet.Destination, packet.Source, payloadType);
        var stream = new RtpStream(packet.Source, packet.Destination, ssrc)
        {
            ClockRate = format?.ClockRate ?? 8_000,
            IsSecure = Named.IsSecure(packet.Destination, packet.Source),
        };
        _streams.Add(stream);
        _slots[slot] = stream;
        if (_streams.Count > _slots.Length / 2)
        {
            Grow();
        }

        return stream;
    }

    private void Grow()
    {
        _slots = new RtpStream?[2 * _slots.Length];
        foreach (var stream in _streams)
        {
            var slot = Hash(stream.Source, stream.Destination, stream.Ssrc) & (_slots.Length - 1);
            while (_slots[slot] is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = stream;
        }
    }
}
