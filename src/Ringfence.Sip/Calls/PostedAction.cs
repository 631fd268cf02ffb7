using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Calls;

/// <summary>Something to do on a lane.</summary>
internal sealed class PostedAction(Action action) : LaneWork
{
    public override void Run(Lane lane) => action();
}
