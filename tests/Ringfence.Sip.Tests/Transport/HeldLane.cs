using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Keeps a lane's thread busy until it is disposed.</summary>
internal sealed class HeldLane : IDisposable
{
    private readonly TaskCompletionSource _release = new();

    public HeldLane(Lane lane)
    {
        var held = new TaskCompletionSource();
        lane.Post(
                new Lanes.RunWork(_ =>
                {
                    held.SetResult();
                    _release.Task.Wait(TimeSpan.FromMinutes(1));
                })
            )
            .ShouldBeTrue();
        held.Task.Wait(RecordingSink.Deadline).ShouldBeTrue();
    }

    public void Dispose() => _release.SetResult();
}
