using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Tones;
using Ringfence.Sip.Time;

namespace Ringfence.Edge.Stages;

/// <summary>
/// What the caller hears before the answer (RFC 3960 §3.2): ringback of the edge until the callee really sends sound, and again
/// when that stops. The callee's packets are seen on the media clock's thread; silence is looked for on the lane.
/// </summary>
internal sealed class EarlySound : TimerEntry, IRelayTap
{
    private const int LookEveryMs = 250;
    private readonly RtpRelay _relay;
    private readonly GateSetup _setup;
    private volatile bool _isFarSide;
    private volatile bool _isAnswered;
    private bool _hadRingback;
    private bool _hadFarSide;

    internal EarlySound(RtpRelay relay, GateSetup setup)
    {
        _relay = relay;
        _setup = setup;
    }

    /// <summary>What was heard, for the record.</summary>
    internal string Source =>
        (_hadRingback, _hadFarSide) switch
        {
            (true, true) => "both",
            (true, false) => "ringback",
            (false, true) => "far side",
            _ => "nothing",
        };

    /// <summary>Why it last changed.</summary>
    internal string Reason { get; private set; } = "";

    internal void PlayRingback()
    {
        string country = (_setup.Trunk.Configuration.Ringback ?? _setup.EarlyMedia.Ringback).ToUpperInvariant();
        _relay.Play(new ToneSource(TonePlan.Default.ByCountry(country)!.Ringback.Cadence));
        _relay.Tap(_relay.Callee, this);
        _hadRingback = true;
        _isFarSide = false;
        Reason = Reason.Length == 0 ? "ringing" : "the callee fell silent";
        _setup.Lane.Timers.Arm(this, LookEveryMs);
    }

    /// <summary>From the answer on the caller hears the callee, sound or not.</summary>
    internal void Answered()
    {
        _isAnswered = true;
        Stop();
        _relay.PassThrough();
        Reason = "answered";
    }

    internal void Stop() => _setup.Lane.Timers.Disarm(this);

    /// <inheritdoc/>
    public void Packet(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!_isFarSide && !_isAnswered && _relay.Callee.Counters.LastSound is { } sound && now - sound < MediaClock.Interval)
        {
            _isFarSide = true;
            _relay.PassThrough();
        }
    }

    /// <inheritdoc/>
    protected override void OnDue(long now)
    {
        _setup.Lane.Timers.Arm(this, LookEveryMs);
        if (!_isFarSide)
        {
            return;
        }

        _hadFarSide = true;
        Reason = "the callee sends sound";
        SideCounters counters = _relay.Callee.Counters;
        if (IsOlder(counters.LastPacket, _setup.EarlyMedia.SilenceAfterMs) || IsOlder(counters.LastSound, LongestPause))
        {
            PlayRingback();
        }
    }

    /// <summary>Packets of silence are the pause of the callee's own ringback, unless they last longer than any such pause.</summary>
    private int LongestPause => (2 * _setup.EarlyMedia.SilenceAfterMs) + 1_000;

    private bool IsOlder(TimeSpan? at, int milliseconds) =>
        at is { } time && (_setup.Services.MediaClock.Now - time).TotalMilliseconds > milliseconds;
}
