using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;

namespace Ringfence.Callers;

/// <summary>
/// The voice of a test caller or callee: plays a source, and keeps what it hears, frame by frame on the media clock.
/// </summary>
internal sealed class AudioParty(RtpSocketPair sockets, int seed) : IMediaStream
{
    private const int FrameSamples = 160;
    private const int LongestGap = 10 * 8_000;
    private const int LongestHeard = 8_000 * 60 * 60;

    private readonly RtpSender _sender = new(new Random(seed));
    private readonly RtpReceiver _receiver = new(8_000);
    private readonly byte[] _datagram = new byte[2_048];
    private readonly short[] _frame = new short[FrameSamples];
    private readonly short[] _decoded = new short[2_048];
    private readonly List<short> _heard = [];
    private uint _ssrc;
    private uint _offset;
    private volatile Agreement? _agreement;
    private volatile Action<short[]>? _source;
    private volatile TelephoneEventSender? _key;

    /// <summary>Where it receives.</summary>
    internal IPEndPoint Local => sockets.Rtp.LocalEndPoint;

    /// <summary>Packets received and lost so far.</summary>
    internal (long Received, long Lost) Packets => (_receiver.Received, _receiver.Lost);

    /// <summary>When the first packet came, on the media clock.</summary>
    internal TimeSpan? FirstPacket { get; private set; }

    /// <summary>What was heard so far, at 8 kHz from the first packet on.</summary>
    internal short[] Heard()
    {
        lock (_heard)
        {
            return [.. _heard];
        }
    }

    /// <summary>Offer and answer agreed: from now on it sends and understands.</summary>
    internal void Agreed(NegotiatedAudio audio) =>
        _agreement = new Agreement(audio, AudioCodecs.Create(audio.Send.Format)!, audio.Remote?.Serialize());

    /// <summary>What it plays: a frame of 160 samples at each call; null for nothing.</summary>
    internal void Play(Action<short[]>? source) => _source = source;

    /// <summary>What it plays: these samples of 8 kHz, over and over.</summary>
    internal void Repeat(short[] samples)
    {
        int at = 0;
        Play(frame =>
        {
            for (int i = 0; i < frame.Length; i++)
            {
                frame[i] = samples[at++ % samples.Length];
            }
        });
    }

    /// <summary>Presses a key for 160 ms, by telephone event. False where the other side takes none.</summary>
    internal bool Press(char key)
    {
        if (_agreement?.Audio.SendEvents is not { } events)
        {
            return false;
        }

        var sender = new TelephoneEventSender(_sender, events.PayloadType, FrameSamples);
        sender.Start(key, 8 * FrameSamples);
        _key = sender;
        return true;
    }

    /// <inheritdoc/>
    public IEnumerable<RtpSocket> Sockets => [sockets.Rtp];

    /// <inheritdoc/>
    public void Sweep(TimeSpan now)
    {
        while (sockets.Rtp.Receive(_datagram) is var length and >= 0)
        {
            if (
                RtpPacket.Read(_datagram.AsSpan(0, length), out RtpPacket packet) == RtpFault.None
                && _agreement is { } agreement
            )
            {
                Hear(packet, agreement, now);
            }
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, int skipped)
    {
        if (_agreement is not { Remote: { } remote } agreement || _source is not { } source)
        {
            return;
        }

        source(_frame);
        if (_key is { IsSending: true } key)
        {
            key.Write(_datagram);
            sockets.Rtp.Send(_datagram.AsSpan(0, TelephoneEventSender.PacketLength), remote);
            return;
        }

        int length = agreement.Codec.Encode(_frame, _datagram.AsSpan(RtpPacket.HeaderLength));
        _sender.WriteAudio(_datagram, agreement.Audio.Send.PayloadType, length, FrameSamples);
        sockets.Rtp.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + length), remote);
    }

    /// <inheritdoc/>
    public void Removed() => sockets.Dispose();

    private void Hear(in RtpPacket packet, Agreement agreement, TimeSpan now)
    {
        RtpArrival arrival = _receiver.Receive(packet.Header, now);
        if (
            packet.Header.PayloadType != agreement.Audio.ReceivePayloadType
            || arrival is RtpArrival.Duplicate or RtpArrival.Suspect
        )
        {
            return;
        }

        FirstPacket ??= now;
        int samples = agreement.Codec.Decode(packet.Payload, _decoded);
        Keep(packet.Header, _decoded.AsSpan(0, samples));
    }

    /// <summary>
    /// Puts samples where their timestamp says, silence before them, as a jitter buffer would play them: how busy this machine is
    /// does not show. Another stream goes on where the last one ended.
    /// </summary>
    private void Keep(in RtpHeader header, ReadOnlySpan<short> samples)
    {
        lock (_heard)
        {
            int gap = (int)(header.Timestamp - _offset) - _heard.Count;
            if (header.Ssrc != _ssrc || Math.Abs((long)gap) > LongestGap)
            {
                (_ssrc, _offset, gap) = (header.Ssrc, header.Timestamp - (uint)_heard.Count, 0);
            }

            for (; gap > 0 && _heard.Count < LongestHeard; gap--)
            {
                _heard.Add(0);
            }

            // What comes late comes too late.
            for (int i = -gap; i < samples.Length && _heard.Count < LongestHeard; i++)
            {
                _heard.Add(samples[i]);
            }
        }
    }

    private sealed record Agreement(NegotiatedAudio Audio, IAudioCodec Codec, SocketAddress? Remote);
}
