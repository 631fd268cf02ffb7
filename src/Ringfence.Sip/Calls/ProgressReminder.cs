using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>
/// Time for another provisional response, so that no proxy gives the call up: every minute (RFC 3261 §13.3.1.1), every two and
/// a half where they are reliable (RFC 3262 §3).
/// </summary>
internal sealed class ProgressReminder(InviteResponder responder) : TimerEntry
{
    private const int Unreliable = 60_000;
    private const int Reliable = 150_000;

    internal void Arm(Lane lane, bool isReliable) => lane.Timers.Arm(this, isReliable ? Reliable : Unreliable);

    internal void Disarm(Lane lane) => lane.Timers.Disarm(this);

    protected internal override void OnDue(long now) => responder.Remind();
}
