using Ringfence.Sip.Lanes;

namespace Ringfence.Callers;

/// <summary>Something to do on an agent's lane.</summary>
internal sealed class OnLane(Action action) : LaneWork
{
    /// <inheritdoc/>
    public override void Run(Lane lane) => action();
}
