namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// Decides between local ringback and the far side's early media (RFC 3960 section 3.2): no ringback without 180, local
/// ringback while there is a 180 and nothing to hear, the far side from its first packet that is not silence. A far
/// side that falls silent for longer than any ringback pauses, or stops sending, gives way again. Not thread-safe.
/// </summary>
/// <param name="goneAfter">Without packets for that long, the far side's media has stopped.</param>
/// <param name="silentAfter">With silent packets only for that long, too; longer than any pause in a ringback tone.</param>
public sealed class RingbackArbiter(TimeSpan goneAfter, TimeSpan silentAfter)
{
    private bool _isAlerting;
    private bool _isAnswered;
    private TimeSpan? _lastPacket;
    private TimeSpan? _lastSound;

    /// <summary>An arbiter with 1 s without packets and 8 s of silence.</summary>
    public RingbackArbiter()
        : this(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)) { }

    /// <summary>A 180 came, before or after a 183, with or without SDP.</summary>
    public void Alerting() => _isAlerting = true;

    /// <summary>The call was answered: from now on the far side, whatever it sends.</summary>
    public void Answered() => _isAnswered = true;

    /// <summary>The far side's stream ended, or another took its place: what was heard of it counts no more.</summary>
    public void Gone() => (_lastPacket, _lastSound) = (null, null);

    /// <summary>A packet of the far side came.</summary>
    /// <param name="isSound">Whether it holds more than silence or comfort noise.</param>
    /// <param name="now">When.</param>
    public void Packet(bool isSound, TimeSpan now)
    {
        _lastPacket = now;
        _lastSound = isSound ? now : _lastSound;
    }

    /// <summary>What the caller shall hear now.</summary>
    public CallerHears Decide(TimeSpan now)
    {
        var isHeard = _lastSound is { } sound && now - sound <= silentAfter && now - _lastPacket <= goneAfter;
        return _isAnswered || isHeard ? CallerHears.FarSide
            : _isAlerting ? CallerHears.LocalRingback
            // Without a 180 there is nothing to ring for; what is sent may still be of use.
            : _lastPacket is not null ? CallerHears.FarSide
            : CallerHears.Nothing;
    }
}
