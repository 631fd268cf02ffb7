using Ringfence.Sip.Calls;

namespace Ringfence.Callers;

/// <summary>A caller takes no calls itself.</summary>
internal sealed class NobodyHome : ICallHandler
{
    /// <inheritdoc/>
    public void OnInvite(IncomingCall call) => call.Refuse(480, default);
}
