using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// The one stream towards a side, fed by turns from a local source and from the far side: one SSRC, sequence without
/// gaps, a timeline that goes on, a marker at every switch.
/// </summary>
internal sealed partial class OutgoingStream(RelaySide side)
{
    /// <summary>A step of the far side's timestamps beyond this is another timeline, not silence.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    private readonly byte[] _datagram = new byte[RtpPacket.HeaderLength + RtpRelay.MaxPayload];
    private readonly PacketFiller _filler = new();
    private short[] _said = [];
    private IAudioCodec? _codec;
    private AudioFormat _format;
    private RelayStream? _anchor;
    private uint _farBase;
    private uint _ownBase;
    private TimeSpan _sentUntil;
    private uint? _heardUntil;

    /// <summary>Told of what the side hears, after coding, its rate, and how many samples of silence went before it.</summary>
    public Action<ReadOnlyMemory<short>, int, int>? Heard { get; set; }

    /// <summary>The codec of what is sent, made when it is first asked for; null where there is none here.</summary>
    public IAudioCodec? Codec
    {
        get
        {
            if (side.Audio is { } audio && audio.Send.Format != _format)
            {
                _codec?.Dispose();
                _codec = AudioCodecs.Create(audio.Send.Format);
                _format = audio.Send.Format;
                _anchor = null;
            }
            return side.Audio is null ? null : _codec;
        }
    }

    private int ClockRate => _format.ClockRate == 0 ? 8000 : _format.ClockRate;

    /// <summary>Media time of this moment.</summary>
    public uint TimestampAt(TimeSpan now) =>
        side.Sender.Timestamp - (uint)(long)((_sentUntil - now).TotalSeconds * ClockRate);

    /// <summary>Another source begins.</summary>
    public void BeginSource()
    {
        _anchor = null;
        _filler.Clear();
        ClearPlayout();
        side.Sender.BeginSource();
    }

    /// <summary>Sends samples of a local source, at the rate of <see cref="Codec"/>.</summary>
    public void SendLocal(ReadOnlySpan<short> samples, TimeSpan now)
    {
        if (side.Audio is { } audio && Codec is { } codec)
        {
            CatchUp(now);
            Fill(samples, audio, codec, now);
        }
    }

    /// <summary>Sends on a packet of the far side.</summary>
    public void Forward(RelayStream from, in RtpPacket packet, RelayPayload kind, RtpArrival arrival, TimeSpan now)
    {
        if (side.Audio is null)
        {
            return;
        }
        _ = Codec;
        if (IsConverted(from, packet, kind, now) && kind == RelayPayload.Audio)
        {
            return;
        }
        if (arrival == RtpArrival.Reordered)
        {
            // What is passed on unchanged is passed on at once: the turn of this one is over.
            return;
        }
        if (kind == RelayPayload.Event)
        {
            ForwardEvent(from, packet, arrival, now);
        }
        else if (kind == RelayPayload.Noise)
        {
            ForwardNoise(from, packet, arrival, now);
        }
        else if (kind == RelayPayload.Audio && !packet.Payload.IsEmpty)
        {
            ForwardAudio(from, packet, arrival, now);
        }
    }

    public void Close()
    {
        _codec?.Dispose();
        _playout?.Close();
    }

    private void ForwardAudio(RelayStream from, in RtpPacket packet, RtpArrival arrival, TimeSpan now)
    {
        var audio = side.Audio!;
        Follow(from, packet.Header, arrival, now);
        var octets = packet.Payload.Length;
        if (from.Format == audio.Send.Format)
        {
            packet.Payload.CopyTo(_datagram.AsSpan(RtpPacket.HeaderLength));
        }
        else
        {
            octets = Codec!.Encode(from.Samples, _datagram.AsSpan(RtpPacket.HeaderLength));
        }
        Send(audio.Send.PayloadType, octets, Units(from), now);
    }

    /// <summary>Cuts samples into packets of the length that the side wants.</summary>
    private void Fill(ReadOnlySpan<short> samples, NegotiatedAudio audio, IAudioCodec codec, TimeSpan now)
    {
        var length = PacketFiller.LengthOf(audio.PacketTime, codec);
        while (_filler.Next(ref samples, length) is { IsEmpty: false } frame)
        {
            var octets = codec.Encode(frame, _datagram.AsSpan(RtpPacket.HeaderLength));
            if (octets > 0)
            {
                Send(audio.Send.PayloadType, octets, UnitsOf(frame.Length, codec), now);
            }
        }
    }

    private void ForwardEvent(RelayStream from, in RtpPacket packet, RtpArrival arrival, TimeSpan now)
    {
        if (side.Audio!.SendEvents is not { } events || packet.Payload.Length > RtpRelay.MaxPayload)
        {
            return;
        }
        var isNew = _anchor != from || arrival is RtpArrival.First or RtpArrival.Restarted;
        if (isNew || (packet.Header.Marker && HasDrifted(from, packet.Header.Timestamp)))
        {
            Anchor(from, packet.Header.Timestamp, now);
        }
        packet.Payload.CopyTo(_datagram.AsSpan(RtpPacket.HeaderLength));
        var length = packet.Payload.Length;
        var timestamp = OwnTime(from, packet.Header.Timestamp);
        side.Sender.WriteAt(_datagram, events.PayloadType, packet.Header.Marker, timestamp, length);
        side.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + length));
    }

    /// <summary>Comfort noise goes on to who asked for it (RFC 3389); it lasts until the next audio, which is marked.</summary>
    private void ForwardNoise(RelayStream from, in RtpPacket packet, RtpArrival arrival, TimeSpan now)
    {
        if (side.Audio!.SendNoise is not { } type || from.ClockRate != ClockRate)
        {
            return;
        }
        if (_isConverting)
        {
            // Behind the audio that still waits.
            _noiseLevel = packet.Payload.IsEmpty ? null : packet.Payload[0];
            return;
        }
        Follow(from, packet.Header, arrival, now);
        packet.Payload.CopyTo(_datagram.AsSpan(RtpPacket.HeaderLength));
        SendNoise(type, packet.Payload.Length);
    }

    private void SendNoise(byte type, int length)
    {
        _filler.Clear();
        side.Sender.WriteAt(_datagram, type, false, side.Sender.Timestamp, length);
        side.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + length));
        side.Sender.BeginSource();
    }

    /// <summary>Moves the own timeline to where the far side's is.</summary>
    private void Follow(RelayStream from, in RtpHeader header, RtpArrival arrival, TimeSpan now)
    {
        var step = unchecked((int)(OwnTime(from, header.Timestamp) - side.Sender.Timestamp));
        if (
            _anchor != from
            || arrival is RtpArrival.First or RtpArrival.Restarted
            || step < 0
            || step > LongestSilence.TotalSeconds * ClockRate
        )
        {
            Anchor(from, header.Timestamp, now);
            side.Sender.BeginSource();
        }
        else if (step > 0 && !header.Marker && (arrival == RtpArrival.AfterGap || _codec is null))
        {
            // Lost packets, or an encoding whose packets last longer than was assumed.
            side.Sender.Advance((uint)step);
        }
        else if (step > 0)
        {
            side.Sender.Skip((uint)step);
        }
    }

    private void Anchor(RelayStream from, uint timestamp, TimeSpan now)
    {
        CatchUp(now);
        _filler.Clear();
        (_anchor, _farBase, _ownBase) = (from, timestamp, side.Sender.Timestamp);
    }

    /// <summary>A time of the far side on this side's timeline.</summary>
    private uint OwnTime(RelayStream from, uint timestamp)
    {
        var since = timestamp - _farBase;
        return from.ClockRate == ClockRate
            ? _ownBase + since
            : _ownBase + (uint)((long)unchecked((int)since) * ClockRate / from.ClockRate);
    }

    /// <summary>While nothing was sent, the timeline went on: by whole frames, so that jitter leaves no trace.</summary>
    private void CatchUp(TimeSpan now)
    {
        var behind = now - _sentUntil;
        // What waits in the filler is not behind: a packet of 60 ms is filled by three frames.
        var frame = MediaClock.Interval * (1 + (side.Audio?.PacketTime ?? 20) / 20);
        if (side.Sender.Packets > 0 && behind >= frame)
        {
            var frames = (long)(behind / MediaClock.Interval);
            side.Sender.Skip((uint)(frames * MediaClock.Interval.TotalSeconds * ClockRate));
            _sentUntil += frames * MediaClock.Interval;
            _filler.Clear();
        }
    }

    /// <summary>What a packet that is passed on lasts; one of an encoding that is not known here is taken for 20 ms.</summary>
    private uint Units(RelayStream from) =>
        from.Samples.IsEmpty
            ? (uint)(MediaClock.Interval.TotalSeconds * ClockRate)
            : (uint)((long)from.Samples.Length * ClockRate / from.SampleRate);

    private uint UnitsOf(int samples, IAudioCodec codec) => (uint)((long)samples * ClockRate / codec.SampleRate);

    private void Send(byte payloadType, int octets, uint units, TimeSpan now)
    {
        var before = side.Sender.Timestamp;
        side.Sender.WriteAudio(_datagram, payloadType, octets, units);
        side.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + octets));
        _sentUntil = now + TimeSpan.FromSeconds((double)units / ClockRate);
        if (Heard is { } heard && _codec is { } codec)
        {
            _said = _said.Length > 0 ? _said : new short[PacketFiller.MaxSamples];
            var samples = codec.Decode(_datagram.AsSpan(RtpPacket.HeaderLength, octets), _said);
            var silence = _heardUntil is { } until ? unchecked((int)(before - until)) : 0;
            heard(_said.AsMemory(0, samples), codec.SampleRate, (int)((long)silence * codec.SampleRate / ClockRate));
            _heardUntil = before + units;
        }
    }
}
