using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Tests.Lanes;

/// <summary>Work that calls back.</summary>
internal sealed class RunWork(Action<Lane> run) : LaneWork
{
    public override void Run(Lane lane) => run(lane);
}
