using Ringfence.Sip.Time;

namespace Ringfence.Edge.Challenge;

/// <summary>Calls back on the lane when its time has come.</summary>
internal sealed class LaneTimer(Action due) : TimerEntry
{
    /// <inheritdoc/>
    protected override void OnDue(long now) => due();
}
