using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Relay;

/// <summary>One side of a relayed call: its sockets, its source lock, the stream from it and the stream to it.</summary>
public sealed class RelaySide
{
    /// <summary>Most packets taken per sweep: 10 ms hold one or two; more are a flood, and the rest waits its turn.</summary>
    private const int MaxPerSweep = 32;

    /// <summary>Power below which a packet is silence, in dBm0.</summary>
    private const double SilenceLevel = -45;

    private const int SweepsPerRtcp = 100;

    private readonly RtpSocketPair _sockets;
    private readonly SourceLock _lock;
    private readonly RtpReceiver _receiver = new(8000);
    private readonly short[] _decoded = new short[RtpRelay.MaxPayload];
    private readonly byte[] _discarded = new byte[1];
    private readonly byte[] _protected = new byte[SrtpContext.MaxPacket];
    private SrtpContext? _sending;
    private SrtpContext? _receiving;
    private SocketAddress? _target;
    private MediaSource? _targetSource;
    private long _received;
    private long _malformed;
    private int _sweeps;
    private long _firstPacket = -1;
    private long _lastPacket = -1;
    private long _lastSound = -1;

    internal RelaySide(RtpSocketPair sockets, SourceLockPolicy policy, Random random)
    {
        _sockets = sockets;
        _lock = new SourceLock(policy, null);
        Sender = new RtpSender(random);
    }

    /// <summary>Where RTP of this side is received: what belongs into the SDP sent to it.</summary>
    public IPEndPoint LocalEndPoint => _sockets.Rtp.LocalEndPoint;

    /// <summary>Counters as of now.</summary>
    public SideCounters Counters =>
        new(
            Volatile.Read(ref _received),
            _lock.Refused + Volatile.Read(ref _malformed),
            _receiver.Lost,
            Sender.Packets,
            Time(ref _firstPacket),
            Time(ref _lastPacket),
            Time(ref _lastSound),
            _receiver.JitterTime
        );

    /// <summary>Where media of this side comes from once that is certain, or null.</summary>
    public MediaSource? Locked => _lock.Locked;

    internal RtpSender Sender { get; }

    internal NegotiatedAudio? Audio { get; private set; }

    internal IAudioCodec? Codec { get; private set; }

    internal IRelayTap? Tap { get; set; }

    /// <summary>Whether the packet that is given on now is more than silence.</summary>
    internal bool IsSound { get; private set; }

    internal void Negotiated(NegotiatedAudio audio)
    {
        if (Codec?.Format != audio.Send.Format)
        {
            Codec?.Dispose();
            Codec = AudioCodecs.Create(audio.Send.Format);
        }
        Audio = audio;
        // On hold the peer has no address: the lock stays, and the direction keeps media from being sent.
        if (audio.Remote is { } endPoint)
        {
            var remote = MediaSource.Of(endPoint);
            _lock.Expect(remote);
            Aim(_lock.Locked ?? remote);
        }
    }

    /// <summary>Takes what the sockets have and gives every packet in order to a receiver.</summary>
    internal void Sweep(TimeSpan now, Span<byte> buffer, RelayPacket received)
    {
        for (var i = 0; i < MaxPerSweep && _sockets.Rtp.Receive(buffer) is >= 0 and var length; i++)
        {
            Receive(buffer[..length], now, received);
        }
        // RTCP describes the streams of the other identity; it is read now and then so that the socket does not fill up.
        if (++_sweeps % SweepsPerRtcp == 0)
        {
            for (var i = 0; i < MaxPerSweep && _sockets.Rtcp.Receive(_discarded) >= 0; i++) { }
        }
    }

    /// <summary>From now on both directions are SRTP; the keys' contexts belong to the side.</summary>
    internal void Secure(SrtpMasterKey ours, SrtpMasterKey theirs)
    {
        _sending?.Dispose();
        _receiving?.Dispose();
        (_sending, _receiving) = (new SrtpContext(ours), new SrtpContext(theirs));
    }

    internal void Send(ReadOnlySpan<byte> datagram)
    {
        if (_target is not { } target)
        {
            return;
        }
        if (_sending is not null)
        {
            datagram.CopyTo(_protected);
            datagram = _protected.AsSpan(0, _sending.Protect(_protected, datagram.Length));
        }
        _sockets.Rtp.Send(datagram, target);
    }

    internal void Close()
    {
        Codec?.Dispose();
        _sending?.Dispose();
        _receiving?.Dispose();
        _sockets.Dispose();
    }

    private void Receive(Span<byte> datagram, TimeSpan now, RelayPacket received)
    {
        // What is not authentic never gets as far as the source lock.
        if (_receiving is not null)
        {
            if (_receiving.Unprotect(datagram, out var length) != SrtpFault.None)
            {
                _malformed++;
                return;
            }
            datagram = datagram[..length];
        }
        var fault = RtpPacket.Read(datagram, out var packet);
        if (fault != RtpFault.None || Audio is null || packet.Payload.Length > RtpRelay.MaxPayload)
        {
            _malformed++;
            return;
        }
        var from = _sockets.Rtp.From;
        if (!_lock.Accept(from, packet.Header))
        {
            return;
        }
        if (_lock.Locked is { } locked && locked != _targetSource)
        {
            // Symmetric RTP (RFC 4961): what comes from there is answered there.
            Aim(locked);
        }
        Note(packet, now);
        Tap?.Packet(packet.Header, packet.Payload, now);
        var arrival = _receiver.Receive(packet.Header, now);
        if (arrival is not (RtpArrival.Duplicate or RtpArrival.Suspect or RtpArrival.Reordered))
        {
            received(this, packet, arrival, now);
        }
    }

    private void Note(in RtpPacket packet, TimeSpan now)
    {
        Volatile.Write(ref _received, _received + 1);
        if (_firstPacket < 0)
        {
            Volatile.Write(ref _firstPacket, now.Ticks);
        }
        Volatile.Write(ref _lastPacket, now.Ticks);
        IsSound = false;
        if (packet.Header.PayloadType == Audio!.ReceivePayloadType && Codec is not null)
        {
            var count = Codec.Decode(packet.Payload, _decoded);
            IsSound = Level.Of(_decoded.AsSpan(0, count)) >= SilenceLevel;
            if (IsSound)
            {
                Volatile.Write(ref _lastSound, now.Ticks);
            }
        }
    }

    private void Aim(MediaSource? target)
    {
        _targetSource = target;
        _target = target?.ToEndPoint().Serialize();
    }

    private static TimeSpan? Time(ref long ticks) =>
        Volatile.Read(ref ticks) is >= 0 and var value ? new TimeSpan(value) : null;
}
