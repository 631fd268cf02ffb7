using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>The user of a lingering transaction that nobody waits for any more: nothing else is kept alive by it.</summary>
internal sealed class SilentUser : IServerUser
{
    internal static readonly SilentUser Instance = new();

    public void OnAck(ServerTransaction transaction, SipRequest ack) { }

    public void OnCancel(ServerTransaction transaction, SipRequest cancel) { }

    public void OnTerminated(ServerTransaction transaction) { }
}
