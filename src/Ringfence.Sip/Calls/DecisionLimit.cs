using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>How long an incoming call waits for somebody to decide on it.</summary>
internal sealed class DecisionLimit(IncomingCall call) : TimerEntry
{
    internal void Arm(Lane lane, int milliseconds)
    {
        if (milliseconds > 0)
        {
            lane.Timers.Arm(this, milliseconds);
        }
    }

    internal void Disarm(Lane lane) => lane.Timers.Disarm(this);

    protected internal override void OnDue(long now) => call.OnUndecided();
}
