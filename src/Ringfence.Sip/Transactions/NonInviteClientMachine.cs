using static Ringfence.Sip.Transactions.TransactionActions;
using static Ringfence.Sip.Transactions.TransactionEvent;
using static Ringfence.Sip.Transactions.TransactionState;

namespace Ringfence.Sip.Transactions;

/// <summary>The non-INVITE client transaction: RFC 3261 §17.1.2, figure 6.</summary>
internal static class NonInviteClientMachine
{
    /// <summary>The cell of a state and an event; a pair that the figure does not name changes nothing.</summary>
    internal static Transition Next(TransactionState state, TransactionEvent happened) =>
        (state, happened) switch
        {
            (Trying, Provisional) => new(Proceeding, Deliver),
            (Trying or Proceeding, Success or Failure) => new(Completed, ArmLinger | Deliver),
            (Trying or Proceeding, RetransmitTimer) => new(state, Resend | BackOff),
            (Trying or Proceeding, TimeoutTimer) => new(Terminated, ReportTimeout),
            (Trying or Proceeding, TransportError) => new(Terminated, ReportError),

            (Proceeding, Provisional) => new(Proceeding, Deliver),

            (Completed, LingerTimer) => new(Terminated, None),

            _ => new(state, None),
        };
}
