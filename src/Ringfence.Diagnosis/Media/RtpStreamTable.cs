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

    // Open addressing: a stream lies in the first free slot from the one that its hash names. The hashes are by themselves, as they fit the
    // nearest cache and the streams do not.
    private uint[] _hashes = new uint[FirstSlots];
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
        var hash = Hash(packet, ssrc);
        var slot = SlotOf(packet, ssrc, hash);
        if ((_slots[slot] ?? Begin(packet, ssrc, type, (slot, hash))) is not { } stream)
        {
            return;
        }

        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);

        // Named events have a dynamic payload type and four bytes (RFC 4733 §2.3).
        var isEvent =
            type >= 96
            && packet.Length == RtpPacket.HeaderLength + 4
            && DtmfEvents.LooksLikeOne(payload[RtpPacket.HeaderLength..]);
        stream.Take(packet, type, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]), timestamp, isEvent);
        if (isEvent)
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
    private int SlotOf(in CapturedPacket packet, uint ssrc, uint hash)
    {
        var hashes = _hashes;
        var mask = hashes.Length - 1;
        var slot = (int)hash & mask;
        while (hashes[slot] != 0 && !(hashes[slot] == hash && _slots[slot]!.Is(packet, ssrc)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // Never 0, which is a slot that is free. Word by word: see the batch of packets.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(in CapturedPacket packet, uint ssrc)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        var ports = ((ulong)packet.Source.Port << 16) | packet.Destination.Port;
        var hash = (((ulong)ssrc << 32) | ports) ^ Seed;
        hash = (hash ^ (hash >> 29)) * Golden;
        var source = packet.Source.Bits.Low ^ packet.Source.Bits.High;
        hash ^= source + ((packet.Destination.Bits.Low ^ packet.Destination.Bits.High) * Golden);
        hash = (hash ^ (hash >> 32)) * Golden;
        return (uint)(hash >> 32) | 1;
    }

    private RtpStream? Begin(in CapturedPacket packet, uint ssrc, byte payloadType, (int Slot, uint Hash) place)
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
        (_slots[place.Slot], _hashes[place.Slot]) = (stream, place.Hash);
        if (_streams.Count > _slots.Length / 2)
        {
            Grow();
        }

        return stream;
    }

    private void Grow()
    {
        var (hashes, streams) = (_hashes, _slots);
        (_hashes, _slots) = (new uint[2 * hashes.Length], new RtpStream?[2 * hashes.Length]);
        var mask = _hashes.Length - 1;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (hashes[i] == 0)
            {
                continue;
            }

            var slot = (int)hashes[i] & mask;
            while (_hashes[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            (_hashes[slot], _slots[slot]) = (hashes[i], streams[i]);
        }
    }
}
