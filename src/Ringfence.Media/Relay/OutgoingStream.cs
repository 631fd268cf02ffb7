using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// The one stream towards a side, fed by turns from a local source and from the far side: one SSRC, sequence without
/// gaps, a timeline that goes on, a marker at every switch.
/// </summary>
internal sealed class OutgoingStream(RelaySide side)
{
    private const int ClockRate = 8000;

    /// <summary>A step of the far side's timestamps beyond this is another timeline, not silence.</summary>
    private const int LongestSilence = 20 * ClockRate;

    private readonly byte[] _datagram = new byte[RtpPacket.HeaderLength + RtpRelay.MaxPayload];
    private readonly short[] _linear = new short[RtpRelay.MaxPayload];
    private readonly short[] _pending = new short[RtpRelay.MaxPayload];
    private int _pendingCount;
    private bool _isAnchored;
    private uint _offset;
    private TimeSpan _sentUntil;
    private uint? _heardUntil;

    /// <summary>Told of what the side hears, after coding, and how many samples of silence went before it.</summary>
    public Action<ReadOnlyMemory<short>, int>? Heard { get; set; }

    /// <summary>Another source begins.</summary>
    public void BeginSource()
    {
        _isAnchored = false;
        _pendingCount = 0;
        side.Sender.BeginSource();
    }

    /// <summary>Sends samples of a local source.</summary>
    public void SendLocal(ReadOnlySpan<short> samples, TimeSpan now)
    {
        if (side.Audio is not { } audio || side.Codec is not { } codec)
        {
            return;
        }
        CatchUp(now);
        var packetLength = audio.PacketTime * codec.SampleRate / 1000;
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, packetLength - _pendingCount);
            samples[..count].CopyTo(_pending.AsSpan(_pendingCount));
            _pendingCount += count;
            samples = samples[count..];
            if (_pendingCount == packetLength)
            {
                var octets = codec.Encode(_pending.AsSpan(0, packetLength), _datagram.AsSpan(RtpPacket.HeaderLength));
                Send(audio.Send.PayloadType, octets, (uint)(audio.PacketTime * ClockRate / 1000), now);
                _pendingCount = 0;
            }
        }
    }

    /// <summary>Sends on a packet of the far side.</summary>
    public void Forward(RelaySide from, in RtpPacket packet, RtpArrival arrival, TimeSpan now)
    {
        if (side.Audio is not { } audio || from.Audio is not { } far)
        {
            return;
        }
        if (far.ReceiveEvents == packet.Header.PayloadType)
        {
            ForwardEvent(packet, arrival, now);
            return;
        }
        if (far.ReceivePayloadType != packet.Header.PayloadType || packet.Payload.IsEmpty)
        {
            return;
        }
        var octets = Transcode(from, packet.Payload);
        if (octets <= 0)
        {
            return;
        }
        Follow(packet.Header, arrival, now);
        Send(audio.Send.PayloadType, octets, Units(octets), now);
    }

    private void ForwardEvent(in RtpPacket packet, RtpArrival arrival, TimeSpan now)
    {
        if (side.Audio!.SendEvents is not { } events)
        {
            return;
        }
        if (!_isAnchored || arrival is RtpArrival.First or RtpArrival.Restarted)
        {
            Anchor(packet.Header.Timestamp, now);
        }
        packet.Payload.CopyTo(_datagram.AsSpan(RtpPacket.HeaderLength));
        var (timestamp, length) = (packet.Header.Timestamp + _offset, packet.Payload.Length);
        side.Sender.WriteAt(_datagram, events.PayloadType, packet.Header.Marker, timestamp, length);
        side.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + length));
    }

    /// <summary>Moves the own timeline to where the far side's is.</summary>
    private void Follow(in RtpHeader header, RtpArrival arrival, TimeSpan now)
    {
        var step = unchecked((int)(header.Timestamp + _offset - side.Sender.Timestamp));
        if (!_isAnchored || arrival is RtpArrival.First or RtpArrival.Restarted || step is < 0 or > LongestSilence)
        {
            Anchor(header.Timestamp, now);
            side.Sender.BeginSource();
        }
        else if (step > 0 && !header.Marker && (arrival == RtpArrival.AfterGap || side.Codec is null))
        {
            // Lost packets, or an encoding whose packets last longer than was assumed.
            side.Sender.Advance((uint)step);
        }
        else if (step > 0)
        {
            side.Sender.Skip((uint)step);
        }
    }

    private void Anchor(uint timestamp, TimeSpan now)
    {
        CatchUp(now);
        _offset = side.Sender.Timestamp - timestamp;
        _isAnchored = true;
    }

    /// <summary>While nothing was sent, the timeline went on: by whole frames, so that jitter leaves no trace.</summary>
    private void CatchUp(TimeSpan now)
    {
        var behind = now - _sentUntil;
        if (side.Sender.Packets > 0 && behind >= 2 * MediaClock.Interval)
        {
            var frames = (long)(behind / MediaClock.Interval);
            side.Sender.Skip((uint)(frames * MediaClock.Interval.TotalSeconds * ClockRate));
            _sentUntil += frames * MediaClock.Interval;
            _pendingCount = 0;
        }
    }

    private int Transcode(RelaySide from, ReadOnlySpan<byte> payload)
    {
        var to = _datagram.AsSpan(RtpPacket.HeaderLength);
        if (from.Audio!.Send.Format == side.Audio!.Send.Format)
        {
            payload.CopyTo(to);
            return payload.Length;
        }
        if (from.Codec is null || side.Codec is null)
        {
            return 0;
        }
        var samples = from.Codec.Decode(payload, _linear);
        return side.Codec.Encode(_linear.AsSpan(0, samples), to);
    }

    /// <summary>What a payload lasts: an octet is a clock unit in G.711 and G.722; others are taken for 20 ms.</summary>
    private uint Units(int octets) => side.Codec is null ? 160 : (uint)octets;

    private void Send(byte payloadType, int octets, uint units, TimeSpan now)
    {
        var before = side.Sender.Timestamp;
        side.Sender.WriteAudio(_datagram, payloadType, octets, units);
        side.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + octets));
        _sentUntil = now + TimeSpan.FromSeconds((double)units / ClockRate);
        if (Heard is { } heard && side.Codec is { } codec)
        {
            var samples = codec.Decode(_datagram.AsSpan(RtpPacket.HeaderLength, octets), _linear);
            heard(_linear.AsMemory(0, samples), _heardUntil is { } until ? unchecked((int)(before - until)) : 0);
            _heardUntil = before + units;
        }
    }
}
