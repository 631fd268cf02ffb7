using static Ringfence.Sip.Transactions.TransactionActions;
using static Ringfence.Sip.Transactions.TransactionEvent;
using static Ringfence.Sip.Transactions.TransactionState;

namespace Ringfence.Sip.Transactions;

/// <summary>The INVITE server transaction: RFC 3261 §17.2.1, figure 7 as replaced by RFC 6026 §8.6.</summary>
internal static class InviteServerMachine
{
    /// <summary>The cell of a state and an event; a pair that the figure does not name changes nothing.</summary>
    internal static Transition Next(TransactionState state, TransactionEvent happened) =>
        (state, happened) switch
        {
            (Proceeding, Request) => new(Proceeding, Resend),
            (Proceeding, Provisional) => new(Proceeding, Send),
            (Proceeding, Success) => new(Accepted, Send | ArmLinger),
            (Proceeding, Failure) => new(Completed, Send | ArmRetransmit),
            (Proceeding, TransportError) => new(Proceeding, ReportError),

            (Completed, Request) => new(Completed, Resend),
            (Completed, Ack) => new(Confirmed, ArmLinger),
            (Completed, RetransmitTimer) => new(Completed, Resend | BackOff),
            (Completed, TimeoutTimer) => new(Terminated, ReportTimeout),
            (Completed, TransportError) => new(Completed, ReportError),

            (Confirmed, LingerTimer) => new(Terminated, None),

            (Accepted, Ack) => new(Accepted, Deliver),
            (Accepted, Success) => new(Accepted, Send),
            (Accepted, LingerTimer) => new(Terminated, None),
            (Accepted, TransportError) => new(Accepted, ReportError),

            _ => new(state, None),
        };
}
