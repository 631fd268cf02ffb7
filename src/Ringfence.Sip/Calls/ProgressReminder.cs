using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>Sends the last provisional response again every minute, so that no proxy gives the call up (RFC 3261 §13.3.1.1).</summary>
internal sealed class ProgressReminder(IncomingCall call) : TimerEntry
{
    private const int Minute = 60_000;

    internal void Arm(Lane lane) => lane.Timers.Arm(this, Minute);

    internal void Disarm(Lane lane) => lane.Timers.Disarm(this);

    protected internal override void OnDue(long now)
    {
        call.Remind();
        Arm(call.Layer.Transactions.Lane);
    }
}
