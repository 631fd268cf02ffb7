using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// One stream that comes to a side: of a caller the only one, of a forked call one for each early dialog, and one that came
/// before anybody described it.
/// </summary>
internal sealed class RelayStream(string fork, SourceLockPolicy policy)
{
    /// <summary>The longest packet of any encoding, in milliseconds.</summary>
    private const int LongestPacket = 120;

    private short[] _samples = [];
    private RtpReceiver _receiver = new(8000);
    private IAudioCodec? _codec;
    private AudioFormat _format;
    private int _count;

    /// <summary>The early dialog; changes once, when what came unannounced is described.</summary>
    public string Fork { get; set; } = fork;

    /// <summary>Whether it is of an early session, which has a port of its own (RFC 3959).</summary>
    public bool IsEarlySession { get; init; }

    /// <summary>Whether a description belongs to it.</summary>
    public bool IsDescribed => Audio is not null;

    public SourceLock Lock { get; } = new(policy, null);

    /// <summary>Which of several streams from its address it is.</summary>
    public StreamHold Hold { get; } = new();

    public NegotiatedAudio? Audio { get; private set; }

    /// <summary>What the far side may send and is not named in <see cref="Audio"/>: the encodings of this side's offer.</summary>
    public IReadOnlyList<RtpMap> Offered { get; set; } = [];

    public RtpReceiver Receiver => _receiver;

    /// <summary>Clock of the encoding that comes.</summary>
    public int ClockRate => _format.ClockRate == 0 ? 8000 : _format.ClockRate;

    /// <summary>Samples per second of <see cref="Samples"/>.</summary>
    public int SampleRate => _codec?.SampleRate ?? 8000;

    /// <summary>The encoding of the packet that is given on now.</summary>
    public AudioFormat Format => _format;

    public bool IsG711 => _codec is G711Codec;

    /// <summary>The packet that is given on now, decoded; empty where its encoding is not known here.</summary>
    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, _count);

    /// <summary>Whether any packet was more than silence.</summary>
    public bool WasHeard { get; set; }

    /// <summary>Whether the packet that is given on now is more than silence.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Where media to it goes.</summary>
    public SocketAddress? Target { get; private set; }

    /// <summary>Where reports to it go.</summary>
    public SocketAddress? RtcpTarget { get; private set; }

    /// <summary>SRTP of this stream alone, by the keys of its description; null where there are none.</summary>
    public SideSecurity? Security { get; private set; }

    private MediaSource? _targetSource;
    private SdpCrypto? _ourKeys;
    private SdpCrypto? _theirKeys;

    /// <summary>Takes over the keys of a description. Under keys of ours that stay, what is sent goes on.</summary>
    public void Secure(NegotiatedAudio audio)
    {
        var (ours, theirs) = (audio.LocalCrypto, audio.RemoteCrypto);
        if (ours?.KeyParams == _ourKeys?.KeyParams && theirs?.KeyParams == _theirKeys?.KeyParams)
        {
            return;
        }
        var isRekeyed = Security is not null && ours?.KeyParams == _ourKeys?.KeyParams;
        (_ourKeys, _theirKeys) = (ours, theirs);
        if (ours is null || theirs is null || SrtpMasterKey.Read(theirs) is not { } key)
        {
            Security?.Dispose();
            Security = null;
        }
        else if (isRekeyed)
        {
            Security!.Rekey(key);
        }
        else
        {
            Security ??= new SideSecurity();
            Security.Secure(SrtpMasterKey.Read(ours)!, key);
        }
    }

    public void Described(NegotiatedAudio audio)
    {
        Audio = audio;
        // On hold the peer has no address: the lock stays, and the direction keeps media from being sent.
        if (audio.Remote is { } endPoint)
        {
            var remote = MediaSource.Of(endPoint);
            Lock.Expect(remote);
            Aim(Lock.Locked ?? remote);
        }
    }

    /// <summary>Another stream is known to come from there.</summary>
    public void Disown(RelayStream other, MediaSource? source)
    {
        if (other != this && source is { } known)
        {
            Lock.Disown(known);
        }
    }

    /// <summary>Symmetric RTP (RFC 4961): what comes from there is answered there.</summary>
    public void FollowLock()
    {
        if (Lock.Locked is { } locked && locked != _targetSource)
        {
            Aim(locked);
        }
    }

    /// <summary>What a payload type stands for; null for one that was never named.</summary>
    public RelayPayload KindOf(byte payloadType)
    {
        if (Audio is { } audio)
        {
            if (payloadType == audio.ReceivePayloadType)
            {
                return RelayPayload.Audio;
            }
            if (payloadType == audio.ReceiveEvents)
            {
                return RelayPayload.Event;
            }
        }
        foreach (var map in Offered)
        {
            if (map.PayloadType == payloadType)
            {
                return map.IsTelephoneEvent ? RelayPayload.Event
                    : map.IsComfortNoise ? RelayPayload.Noise
                    : RelayPayload.Audio;
            }
        }
        return payloadType == RtpMap.ComfortNoiseType ? RelayPayload.Noise : RelayPayload.Unknown;
    }

    /// <summary>Takes note of a packet that is believed.</summary>
    public RtpArrival Take(in RtpPacket packet, RelayPayload kind, TimeSpan now)
    {
        if (kind == RelayPayload.Audio)
        {
            if (Hold.IsReturn)
            {
                // Where both have one SSRC, the other's number would make these late.
                _receiver = new RtpReceiver(ClockRate);
            }
            Use(FormatOf(packet.Header.PayloadType));
        }
        return _receiver.Receive(packet.Header, now);
    }

    /// <summary>Decodes the packet into <see cref="Samples"/>.</summary>
    public void Hear(in RtpPacket packet, RelayPayload kind, double silence)
    {
        _count = kind == RelayPayload.Audio && _codec is not null ? _codec.Decode(packet.Payload, _samples) : 0;
        IsSound = _count > 0 && Level.Of(Samples) >= silence;
    }

    public void Close()
    {
        _codec?.Dispose();
        Security?.Dispose();
    }

    private AudioFormat FormatOf(byte payloadType)
    {
        if (Audio is { } audio && payloadType == audio.ReceivePayloadType)
        {
            return audio.Send.Format;
        }
        foreach (var map in Offered)
        {
            if (map.PayloadType == payloadType)
            {
                return map.Format;
            }
        }
        return _format;
    }

    private void Use(AudioFormat format)
    {
        if (format == _format)
        {
            return;
        }
        if (format.ClockRate != ClockRate)
        {
            _receiver = new RtpReceiver(format.ClockRate);
        }
        _codec?.Dispose();
        _codec = AudioCodecs.Create(format);
        _samples = new short[SampleRate * LongestPacket / 1000];
        _format = format;
    }

    private void Aim(MediaSource target)
    {
        _targetSource = target;
        Target = target.ToEndPoint().Serialize();
        var named = Audio?.RemoteRtcp;
        // Behind an address translator the description names what cannot be reached; the port above is the best guess.
        RtcpTarget =
            Audio?.RtcpMux == true ? Target
            : named is not null && MediaSource.Of(named).Address == target.Address ? named.Serialize()
            : target.Port < ushort.MaxValue
                ? (target with { Port = (ushort)(target.Port + 1) }).ToEndPoint().Serialize()
            : null;
    }
}
