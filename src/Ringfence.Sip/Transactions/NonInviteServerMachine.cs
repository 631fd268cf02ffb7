using static Ringfence.Sip.Transactions.TransactionActions;
using static Ringfence.Sip.Transactions.TransactionEvent;
using static Ringfence.Sip.Transactions.TransactionState;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// The non-INVITE server transaction: RFC 3261 §17.2.2, figure 8; on a transport error it stays where it is (RFC 6026 §8.8).
/// </summary>
internal static class NonInviteServerMachine
{
    /// <summary>The cell of a state and an event; a pair that the figure does not name changes nothing.</summary>
    internal static Transition Next(TransactionState state, TransactionEvent happened) =>
        (state, happened) switch
        {
            (Trying, Provisional) => new(Proceeding, Send),
            (Trying, Success or Failure) => new(Completed, Send | ArmLinger),

            (Proceeding, Request) => new(Proceeding, Resend),
            (Proceeding, Provisional) => new(Proceeding, Send),
            (Proceeding, Success or Failure) => new(Completed, Send | ArmLinger),
            (Proceeding, TransportError) => new(Proceeding, ReportError),

            (Completed, Request) => new(Completed, Resend),
            (Completed, LingerTimer) => new(Terminated, None),
            (Completed, TransportError) => new(Completed, ReportError),

            _ => new(state, None),
        };
}
