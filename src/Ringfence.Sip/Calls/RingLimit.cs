using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>How long an outgoing call may go unanswered.</summary>
internal sealed class RingLimit(OutgoingCall call) : TimerEntry
{
    internal void Arm(Lane lane, int milliseconds)
    {
        if (milliseconds > 0)
        {
            lane.Timers.Arm(this, milliseconds);
        }
    }

    internal void Disarm(Lane lane) => lane.Timers.Disarm(this);

    protected internal override void OnDue(long now) => call.OnRingLimit();
}
