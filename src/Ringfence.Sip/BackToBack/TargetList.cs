using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>The simplest owner: targets in turn.</summary>
internal sealed class TargetList(Invitation[] targets) : IBackToBackListener
{
    private int _next;

    public Invitation? NextTarget(BackToBackCall call) => _next < targets.Length ? targets[_next++] : null;
}
