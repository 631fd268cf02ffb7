namespace Ringfence.Sip.Calls;

/// <summary>A handler that is one method.</summary>
internal sealed class InviteAction(Action<IncomingCall> onInvite) : ICallHandler
{
    public void OnInvite(IncomingCall call) => onInvite(call);
}
