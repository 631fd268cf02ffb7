using System.Net;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtcp;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Relay;

/// <summary>One side of a relayed call: its sockets, the streams from it and the one stream to it.</summary>
public sealed class RelaySide
{
    /// <summary>Most packets taken per sweep: it finds one or two; more are a flood, and the rest waits its turn.</summary>
    private const int MaxPerSweep = 32;

    /// <summary>Power below which a packet is silence, in dBm0.</summary>
    private const double SilenceLevel = -45;

    private const int MaxReport = 576;

    private readonly RtpSocketPair _sockets;
    private readonly RelayStreams _streams;
    private readonly RtcpReporter _reporter;
    private readonly SideSecurity _security = new();
    private volatile RelayStream? _current;
    private long _received;
    private long _refused;
    private long _firstPacket = -1;
    private long _lastPacket = -1;
    private long _lastSound = -1;

    internal RelaySide(RtpSocketPair sockets, SourceLockPolicy policy, Random random)
    {
        _sockets = sockets;
        _streams = new RelayStreams(policy);
        Sender = new RtpSender(random);
        _reporter = new RtcpReporter(Sender, random);
    }

    /// <summary>Where RTP of this side is received: what belongs into the SDP sent to it.</summary>
    public IPEndPoint LocalEndPoint => _sockets.Rtp.LocalEndPoint;

    /// <summary>Counters as of now; loss and jitter are those of the stream that is sent to.</summary>
    public SideCounters Counters =>
        new(
            Volatile.Read(ref _received),
            Volatile.Read(ref _refused),
            _current?.Receiver.Lost ?? 0,
            Sender.Packets,
            Time(ref _firstPacket),
            Time(ref _lastPacket),
            Time(ref _lastSound),
            _current?.Receiver.JitterTime ?? TimeSpan.Zero
        );

    /// <summary>How the media between this side and the relay goes.</summary>
    public MediaQuality Quality => _reporter.Quality(_current?.Receiver, _current?.Format ?? default);

    /// <summary>Where media of this side comes from once that is certain, or null.</summary>
    public MediaSource? Locked => _current?.Lock.Locked;

    internal IEnumerable<RtpSocket> Sockets => [_sockets.Rtp, _sockets.Rtcp];

    internal RtpSender Sender { get; }

    /// <summary>Where early sessions of this side are received (RFC 3959); null while there are none.</summary>
    internal RtpSocketPair? EarlySockets { get; set; }

    internal IRelayTap? Tap { get; set; }

    internal IReadOnlyList<RelayStream> Streams => _streams.All;

    /// <summary>The stream whose sender is sent to.</summary>
    internal RelayStream? Current
    {
        get => _current;
        set => _current = value;
    }

    internal NegotiatedAudio? Audio => _current?.Audio;

    /// <summary>From now on streams are taken that nobody has described yet, in the encodings of this side's offer.</summary>
    internal void Expect(IReadOnlyList<RtpMap> offered) => _streams.Expect(offered);

    /// <summary>A fork described its media. Gives its stream, and the name that it went by before.</summary>
    internal RelayStream? Described(string fork, NegotiatedAudio audio, out string before, bool isEarlySession = false)
    {
        var stream = _streams.Described(fork, audio, isEarlySession, out before);
        _current ??= stream;
        return stream;
    }

    /// <summary>A fork is over: what still comes from there is refused.</summary>
    internal void End(RelayStream stream)
    {
        _streams.End(stream);
        _current = _current == stream ? _streams.Described() : _current;
        stream.Close();
    }

    internal bool Owns(RtpSocket socket) => socket == _sockets.Rtp || socket == _sockets.Rtcp;

    /// <summary>Takes what the sockets have and gives every packet in order to a receiver.</summary>
    internal void Sweep(TimeSpan now, Span<byte> buffer, RelayPacket received)
    {
        Sweep(_sockets.Rtp, now, buffer, received);
        Sweep(_sockets.Rtcp, now, buffer, received);
    }

    /// <summary>Takes what one of the two has.</summary>
    internal void Sweep(RtpSocket socket, TimeSpan now, Span<byte> buffer, RelayPacket received)
    {
        for (var i = 0; i < MaxPerSweep && socket.Receive(buffer) is >= 0 and var length; i++)
        {
            if (socket == _sockets.Rtcp || (length > 1 && buffer[1] is >= 192 and <= 223))
            {
                TakeReport(buffer[..length], socket.From, now);
            }
            else
            {
                Receive(buffer[..length], socket.From, false, now, received);
            }
        }
    }

    /// <summary>Takes what has come of early sessions; reports are of no use there.</summary>
    internal void SweepEarly(TimeSpan now, Span<byte> buffer, RelayPacket received)
    {
        for (var i = 0; i < MaxPerSweep && EarlySockets?.Rtp.Receive(buffer) is >= 0 and var length; i++)
        {
            if (length > 1 && buffer[1] is not (>= 192 and <= 223))
            {
                Receive(buffer[..length], EarlySockets!.Rtp.From, true, now, received);
            }
        }
    }

    /// <summary>Sends a report when it is time to.</summary>
    internal void Report(uint timestamp, TimeSpan now)
    {
        if (_current?.RtcpTarget is not null && _reporter.IsDue(now))
        {
            SendReport(timestamp, isGoodbye: false, now);
        }
    }

    /// <summary>From now on both directions are SRTP; the keys' contexts belong to the side.</summary>
    internal void Secure(SrtpMasterKey ours, SrtpMasterKey theirs) => _security.Secure(ours, theirs);

    internal void Rekey(SrtpMasterKey theirs) => _security.Rekey(theirs);

    internal void Send(ReadOnlySpan<byte> datagram)
    {
        if (_current is { Target: { } target } stream)
        {
            SocketsOf(stream).Rtp.Send(SecurityOf(stream).Protect(datagram), target);
        }
    }

    internal void Close(uint timestamp, TimeSpan now)
    {
        if (_reporter.Sent > 0)
        {
            SendReport(timestamp, isGoodbye: true, now);
        }
        _streams.Close();
        _security.Dispose();
        _sockets.Dispose();
    }

    private void Receive(Span<byte> datagram, MediaSource from, bool isEarlySession, TimeSpan now, RelayPacket received)
    {
        // What is not authentic never gets as far as the source lock.
        if (
            datagram.Length < RtpPacket.HeaderLength
            || _streams.Of(from, isEarlySession) is not { } stream
            || !SecurityOf(stream).TryOpen(ref datagram)
            || RtpPacket.Read(datagram, out var packet) != RtpFault.None
            || packet.Payload.Length > RtpRelay.MaxPayload
            || !stream.Lock.Accept(from, packet.Header)
        )
        {
            _refused++;
            return;
        }
        stream.FollowLock();
        var kind = stream.KindOf(packet.Header.PayloadType);
        if (kind == RelayPayload.Audio && !stream.Hold.Accept(packet.Header.Ssrc, packet.Header.PayloadType, now))
        {
            _refused++;
            return;
        }
        Tap?.Packet(packet.Header, packet.Payload, now);
        var arrival = stream.Take(packet, kind, now);
        Note(now);
        if (arrival is not (RtpArrival.Duplicate or RtpArrival.Suspect))
        {
            stream.Hear(packet, arrival == RtpArrival.Reordered ? RelayPayload.Unknown : kind, SilenceLevel);
            if (stream.IsSound)
            {
                Volatile.Write(ref _lastSound, now.Ticks);
            }
            received(this, stream, packet, kind, arrival, now);
        }
    }

    private void Note(TimeSpan now)
    {
        Volatile.Write(ref _received, _received + 1);
        if (_firstPacket < 0)
        {
            Volatile.Write(ref _firstPacket, now.Ticks);
        }
        Volatile.Write(ref _lastPacket, now.Ticks);
    }

    /// <summary>Reports of the host that is talked to, authentic where the side is secured.</summary>
    private void TakeReport(Span<byte> datagram, MediaSource from, TimeSpan now)
    {
        var peer = _current?.Lock.Locked ?? _current?.Lock.Signalled;
        if (peer?.Address == from.Address && SecurityOf(_current!).TryOpenReport(ref datagram))
        {
            _reporter.Receive(datagram, now);
        }
    }

    private void SendReport(uint timestamp, bool isGoodbye, TimeSpan now)
    {
        if (_current is not { RtcpTarget: { } target } stream)
        {
            return;
        }
        Span<byte> report = stackalloc byte[MaxReport];
        var length = _reporter.Write(stream.Receiver, stream.Format, timestamp, isGoodbye, now, report);
        var sockets = SocketsOf(stream);
        var socket = stream.Audio?.RtcpMux == true ? sockets.Rtp : sockets.Rtcp;
        socket.Send(SecurityOf(stream).ProtectReport(report[..length]), target);
    }

    private RtpSocketPair SocketsOf(RelayStream stream) => stream.IsEarlySession ? EarlySockets ?? _sockets : _sockets;

    /// <summary>Keys of the stream's own description, or those of the side.</summary>
    private SideSecurity SecurityOf(RelayStream stream) => stream.Security ?? _security;

    private static TimeSpan? Time(ref long ticks) =>
        Volatile.Read(ref ticks) is >= 0 and var value ? new TimeSpan(value) : null;
}
