using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;

namespace Ringfence.Callers;

/// <summary>
/// The voice of a test caller or callee: plays a source, and keeps what it hears, frame by frame on the media clock.
/// </summary>
internal sealed class AudioParty : IMediaStream
{
    private const int FrameSamples = 160;
    private const int LongestHeard = 8_000 * 60 * 60;

    private readonly RtpSocketPair _sockets;
    private readonly RtpSender _sender;
    private readonly RtpReceiver _receiver = new(8_000);
    private readonly byte[] _datagram = new byte[2_048];
    private readonly short[] _frame = new short[FrameSamples];
    private readonly List<short> _heard = [];
    private readonly OrderedAudio _ordered;
    private volatile Agreement? _agreement;
    private volatile Action<short[]>? _source;
    private volatile TelephoneEventSender? _key;

    /// <param name="sockets">Its ports.</param>
    /// <param name="seed">Of the numbers of its stream.</param>
    internal AudioParty(RtpSocketPair sockets, int seed)
    {
        _sockets = sockets;
        _sender = new RtpSender(new Random(seed));
        _ordered = new OrderedAudio(Keep);
    }

    /// <summary>Where it receives.</summary>
    internal IPEndPoint Local => _sockets.Rtp.LocalEndPoint;

    /// <summary>Packets received and lost so far.</summary>
    internal (long Received, long Lost) Packets => (_receiver.Received, _receiver.Lost);

    /// <summary>When the first packet came, on the media clock.</summary>
    internal TimeSpan? FirstPacket { get; private set; }

    /// <summary>What was heard so far, at 8 kHz from the first packet on.</summary>
    internal short[] Heard()
    {
        lock (_heard)
        {
            _ordered.Flush();
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
    public IEnumerable<RtpSocket> Sockets => [_sockets.Rtp];

    /// <inheritdoc/>
    public void Sweep(TimeSpan now)
    {
        while (_sockets.Rtp.Receive(_datagram) is var length and >= 0)
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
            _sockets.Rtp.Send(_datagram.AsSpan(0, TelephoneEventSender.PacketLength), remote);
            return;
        }

        int length = agreement.Codec.Encode(_frame, _datagram.AsSpan(RtpPacket.HeaderLength));
        _sender.WriteAudio(_datagram, agreement.Audio.Send.PayloadType, length, FrameSamples);
        _sockets.Rtp.Send(_datagram.AsSpan(0, RtpPacket.HeaderLength + length), remote);
    }

    /// <inheritdoc/>
    public void Removed()
    {
        _sockets.Dispose();
        lock (_heard)
        {
            _ordered.Flush();
            _ordered.Close();
        }
    }

    private void Hear(in RtpPacket packet, Agreement agreement, TimeSpan now)
    {
        RtpArrival arrival = _receiver.Receive(packet.Header, now);
        if (arrival is RtpArrival.Duplicate or RtpArrival.Suspect)
        {
            return;
        }

        bool isAudio = packet.Header.PayloadType == agreement.Audio.ReceivePayloadType;
        FirstPacket ??= isAudio ? now : null;
        lock (_heard)
        {
            _ordered.Put(agreement.Audio.Send.Format, packet.Header, isAudio ? packet.Payload : default);
        }
    }

    /// <summary>Samples in the order and at the distance in which they were sent: how busy this machine is does not show.</summary>
    private void Keep(ReadOnlySpan<short> samples, int sampleRate)
    {
        if (_heard.Count < LongestHeard)
        {
            _heard.AddRange(samples);
        }
    }

    private sealed record Agreement(NegotiatedAudio Audio, IAudioCodec Codec, SocketAddress? Remote);
}
