using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// The one stream towards a side, fed by turns from a local source and from the far side: one SSRC, sequence without
/// gaps, a timeline that goes on, a marker at every switch.
/// </summary>
internal sealed partial class OutgoingStream(RelaySide side)
{
    [ThreadStatic]
    private static byte[]? _datagram;

    private readonly PacketFiller _filler = new();
    private short[] _said = [];
    private IAudioCodec? _codec;
    private AudioFormat _format;
    private uint? _heardUntil;
    private uint? _event;
    private bool _isAfterLoss;

    /// <summary>Told of what the side hears, after coding, its rate, how many samples nothing was sent before it, and whether that was lost.</summary>
    public Action<Memory<short>, int, int, bool>? Heard { get; set; }

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

    /// <summary>One for all calls of a clock, as it is the next one's at once.</summary>
    private static byte[] Datagram => _datagram ??= new byte[RtpPacket.HeaderLength + RtpRelay.MaxPayload];

    private int ClockRate => _format.ClockRate == 0 ? 8000 : _format.ClockRate;

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
        if (kind == RelayPayload.Event)
        {
            ForwardEvent(from, packet, arrival, now);
        }
        else if (arrival == RtpArrival.Reordered)
        {
            // What is passed on unchanged is passed on at once: the turn of this one is over.
            return;
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
            packet.Payload.CopyTo(Datagram.AsSpan(RtpPacket.HeaderLength));
        }
        else
        {
            octets = Codec!.Encode(from.Samples, Datagram.AsSpan(RtpPacket.HeaderLength));
        }
        Send(audio.Send.PayloadType, octets, Units(from), now);
    }

    /// <summary>Cuts samples into packets of the length that the side wants.</summary>
    private void Fill(ReadOnlySpan<short> samples, NegotiatedAudio audio, IAudioCodec codec, TimeSpan now)
    {
        var length = PacketFiller.LengthOf(audio.PacketTime, codec);
        while (_filler.Next(ref samples, length) is { IsEmpty: false } frame)
        {
            var octets = codec.Encode(frame, Datagram.AsSpan(RtpPacket.HeaderLength));
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
        // A digit may be behind the audio that overtook it, but never behind the next digit.
        if (
            arrival == RtpArrival.Reordered
            && _event is { } latest
            && unchecked((int)(packet.Header.Timestamp - latest)) < 0
        )
        {
            return;
        }
        _event = packet.Header.Timestamp;
        var isNew = _anchor != from || arrival is RtpArrival.First or RtpArrival.Restarted;
        if (isNew || (packet.Header.Marker && HasDrifted(from, packet.Header.Timestamp)))
        {
            Anchor(from, packet.Header.Timestamp, now);
        }
        packet.Payload.CopyTo(Datagram.AsSpan(RtpPacket.HeaderLength));
        var length = packet.Payload.Length;
        if (from.ClockRate != ClockRate && TelephoneEvent.Read(packet.Payload) is { } pressed)
        {
            // Its duration counts by the clock of the audio (RFC 4733 section 2.3.5).
            var duration = (ushort)Math.Min(ushort.MaxValue, (long)pressed.Duration * ClockRate / from.ClockRate);
            (pressed with { Duration = duration }).Write(Datagram.AsSpan(RtpPacket.HeaderLength));
        }
        var timestamp = OwnTime(from, packet.Header.Timestamp);
        side.Sender.WriteAt(Datagram, events.PayloadType, packet.Header.Marker, timestamp, length);
        side.Send(Datagram.AsSpan(0, RtpPacket.HeaderLength + length));
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
        packet.Payload.CopyTo(Datagram.AsSpan(RtpPacket.HeaderLength));
        SendNoise(type, packet.Payload.Length);
    }

    private void SendNoise(byte type, int length)
    {
        _filler.Clear();
        side.Sender.WriteAt(Datagram, type, false, side.Sender.Timestamp, length);
        side.Send(Datagram.AsSpan(0, RtpPacket.HeaderLength + length));
        side.Sender.BeginSource();
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
        side.Sender.WriteAudio(Datagram, payloadType, octets, units);
        side.Send(Datagram.AsSpan(0, RtpPacket.HeaderLength + octets));
        _sentUntil = now + TimeSpan.FromSeconds((double)units / ClockRate);
        if (Heard is { } heard && _codec is { } codec)
        {
            _said = _said.Length > 0 ? _said : new short[PacketFiller.MaxSamples];
            var samples = codec.Decode(Datagram.AsSpan(RtpPacket.HeaderLength, octets), _said);
            var silence = _heardUntil is { } until ? unchecked((int)(before - until)) : 0;
            var gap = (int)((long)silence * codec.SampleRate / ClockRate);
            heard(_said.AsMemory(0, samples), codec.SampleRate, gap, _isAfterLoss);
            _heardUntil = before + units;
        }
        _isAfterLoss = false;
    }
}
