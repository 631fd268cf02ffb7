namespace Ringfence.Sip.Time;

/// <summary>
/// Something that is to happen on a lane at a later time. The entry is its own node in the wheel: arming it allocates nothing.
/// It belongs to one wheel at a time and is touched by that wheel's thread only.
/// </summary>
public abstract class TimerEntry
{
    internal TimerEntry? Next { get; set; }
    internal TimerEntry? Previous { get; set; }
    internal int Slot { get; set; } = -1;

    /// <summary>When it is due, in milliseconds of the wheel's clock; meaningless while not armed.</summary>
    public long Due { get; internal set; }

    /// <summary>True while it waits in a wheel.</summary>
    public bool IsArmed => Slot >= 0;

    /// <summary>Called once on the wheel's thread when the time has come; the entry is no longer armed and may be armed anew.</summary>
    protected internal abstract void OnDue(long now);
}
