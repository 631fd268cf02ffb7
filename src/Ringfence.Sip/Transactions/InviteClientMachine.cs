using static Ringfence.Sip.Transactions.TransactionActions;
using static Ringfence.Sip.Transactions.TransactionEvent;
using static Ringfence.Sip.Transactions.TransactionState;

namespace Ringfence.Sip.Transactions;

/// <summary>The INVITE client transaction: RFC 3261 §17.1.1, figure 5 as replaced by RFC 6026 §8.4.</summary>
internal static class InviteClientMachine
{
    /// <summary>The cell of a state and an event; a pair that the figure does not name changes nothing.</summary>
    internal static Transition Next(TransactionState state, TransactionEvent happened) =>
        (state, happened) switch
        {
            (Calling, Provisional) => new(Proceeding, Disarm | Deliver),
            (Calling, Success) => new(Accepted, ArmLinger | Deliver),
            (Calling, Failure) => new(Completed, Acknowledge | ArmLinger | Deliver),
            (Calling, RetransmitTimer) => new(Calling, Resend | BackOff),
            (Calling, TimeoutTimer) => new(Terminated, ReportTimeout),
            (Calling, TransportError) => new(Terminated, ReportError),

            (Proceeding, Provisional) => new(Proceeding, Deliver),
            (Proceeding, Success) => new(Accepted, ArmLinger | Deliver),
            (Proceeding, Failure) => new(Completed, Acknowledge | ArmLinger | Deliver),
            // Armed only once CANCEL was sent: without a final response in 64*T1 the request counts as cancelled (§9.1).
            (Proceeding, TimeoutTimer) => new(Terminated, ReportTimeout),

            (Completed, Failure) => new(Completed, Acknowledge),
            (Completed, LingerTimer) => new(Terminated, None),
            (Completed, TransportError) => new(Terminated, ReportError),

            (Accepted, Success) => new(Accepted, Deliver),
            (Accepted, LingerTimer) => new(Terminated, None),

            _ => new(state, None),
        };
}
