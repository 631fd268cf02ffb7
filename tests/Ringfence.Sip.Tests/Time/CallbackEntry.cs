using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Time;

/// <summary>A timer entry that calls back.</summary>
internal sealed class CallbackEntry(Action<CallbackEntry, long> due) : TimerEntry
{
    protected internal override void OnDue(long now) => due(this, now);
}
