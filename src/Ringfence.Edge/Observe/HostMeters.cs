using Ringfence.Edge.Registrar;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Transactions;

namespace Ringfence.Edge.Observe;

/// <summary>The counts of a running host that others keep.</summary>
internal static class HostMeters
{
    internal static void Show(
        SipMeters meters,
        IReadOnlyList<TransactionLayer> transactions,
        Func<int> calls,
        EdgeRegistrar? registrar
    )
    {
        meters.Observe("sip.calls", "{call}", "Calls that are not over.", () => calls());
        meters.Observe(
            "sip.transactions",
            "{transaction}",
            "Transactions that are alive.",
            () => transactions.Sum(lane => lane.Count)
        );
        meters.Count(
            "sip.retransmissions",
            "{message}",
            "Messages that were sent again for want of an answer.",
            () => transactions.Sum(lane => lane.Retransmissions)
        );
        if (registrar is not null)
        {
            meters.Observe("sip.registered", "{user}", "Users that are registered.", () => registrar.Registered);
        }
    }
}
