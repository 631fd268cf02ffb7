using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Challenge;

/// <summary>Something that the media clock's thread wants done on the call's lane.</summary>
internal sealed class OnLane(Action action) : LaneWork
{
    /// <inheritdoc/>
    public override void Run(Lane lane) => action();
}
