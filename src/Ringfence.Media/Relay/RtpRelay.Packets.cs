using System.Runtime.CompilerServices;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>The way of a packet from one side to the other.</summary>
public sealed partial class RtpRelay
{
    private const int MaxDatagram = 2048;

    /// <inheritdoc/>
    public IEnumerable<RtpSocket> Sockets => [.. Caller.Sockets, .. Callee.Sockets];

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Receive(RtpSocket socket, TimeSpan now)
    {
        _now = now;
        _requests.Serve();
        Span<byte> buffer = stackalloc byte[MaxDatagram];
        (Caller.Owns(socket) ? Caller : Callee).Sweep(socket, now, buffer, _packet);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Sweep(TimeSpan now)
    {
        _now = now;
        _requests.Serve();
        Span<byte> buffer = stackalloc byte[MaxDatagram];
        Caller.Sweep(now, buffer, _packet);
        Callee.Sweep(now, buffer, _packet);
        if (_near == Caller)
        {
            Caller.Report(_toCaller.TimestampAt(now), now);
        }
        Callee.Report(_toCallee.TimestampAt(now), now);
    }

    /// <summary>The only stream needs no choice, but an authorization all the same.</summary>
    private bool IsLetThrough(RelayStream stream) =>
        _chosen is null ? Callee.Streams.Count == 1 && _gate.MayBeHeard(stream.Fork) : stream.Fork == _chosen;

    private void Relay(
        RelaySide side,
        RelayStream from,
        in RtpPacket packet,
        RelayPayload kind,
        RtpArrival arrival,
        TimeSpan now
    )
    {
        if (_isAsking || (side != Callee && side != _near))
        {
            return;
        }
        if (side == _near)
        {
            Judge(_callersVoice, from, packet, kind);
            if (_callerMayBeHeard && Callee.Current is { Audio: { } audio } current)
            {
                if (
                    audio.Direction.Sends()
                    && _gate.MayHearCaller(current.Fork)
                    && (_answeredFork is not null || !EarlyTalkIsOver)
                )
                {
                    if (!IsPlayedAsNoise(audio, _callersNoise, _toCallee, packet, kind))
                    {
                        _toCallee.Forward(from, packet, kind, arrival, now);
                    }
                }
            }
            return;
        }
        if (from.IsSound && _answeredFork is null)
        {
            Notice(from);
        }
        if (!IsLetThrough(from) || (!_calleeMayBeHeardEarly && _answeredFork is null))
        {
            return;
        }
        _arbiter?.Packet(from.IsSound, now);
        Decide(now);
        Judge(_answer, from, packet, kind);
        if (_source is null && _near.Audio?.Direction.Sends() == true)
        {
            if (!IsPlayedAsNoise(_near.Audio, _noise, _toCaller, packet, kind))
            {
                _toCaller.Forward(from, packet, kind, arrival, now);
            }
        }
    }

    /// <summary>The first sound of a stream.</summary>
    private void Notice(RelayStream from)
    {
        if (!from.WasHeard)
        {
            from.WasHeard = true;
            _gate.Add(from.Fork);
            _gate.Heard(from.Fork);
            FollowGate();
        }
    }

    /// <summary>Comfort noise for a side that has not asked for it is played to it, until there is audio again.</summary>
    private static bool IsPlayedAsNoise(
        NegotiatedAudio audio,
        NoiseSource noise,
        OutgoingStream to,
        in RtpPacket packet,
        RelayPayload kind
    )
    {
        if (kind == RelayPayload.Noise && audio.SendNoise is null)
        {
            noise.Receive(packet.Payload);
            return true;
        }
        if (kind == RelayPayload.Audio && noise.IsOn)
        {
            noise.End();
            to.BeginSource();
        }
        return false;
    }

    private static void FillWithNoise(NoiseSource noise, OutgoingStream to, RelaySide side, TimeSpan now)
    {
        if (noise.IsOn && to.Codec is { } codec && side.Audio!.Direction.Sends())
        {
            var frame = FrameOf(codec.SampleRate);
            noise.Read(frame);
            to.SendLocal(frame, now);
        }
    }

    private void Guard(TimeSpan now)
    {
        if (_answeredFork is not null)
        {
            _falseAnswer?.Pass(MediaClock.Interval);
        }
        if (_arbiter is not null && _source == _ringback && Callee.Streams.Count > 1 && Find(_chosen) is { } silent)
        {
            // Ringback plays because the chosen fork is silent; another one may have something to say.
            silent.WasHeard = !_gate.Lost() && silent.WasHeard;
            FollowGate();
        }
        if (_talk is { IsReached: false } talk && _answeredFork is null)
        {
            talk.Tick(now, _near.Counters.LastSound, Callee.Counters.LastSound);
        }
    }

    private void Decide(TimeSpan now)
    {
        if (_arbiter is null)
        {
            return;
        }
        var source = _arbiter.Decide(now) == CallerHears.LocalRingback ? _ringback : null;
        if (source != _source)
        {
            Interlocked.Increment(ref _switches);
            Switch(source, null);
        }
    }
}
