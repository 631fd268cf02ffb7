using Ringfence.Sip.Transactions;
using A = Ringfence.Sip.Transactions.TransactionActions;
using E = Ringfence.Sip.Transactions.TransactionEvent;
using S = Ringfence.Sip.Transactions.TransactionState;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Every cell of the four machines: those that the figures draw, and that all others change nothing.</summary>
public class MachineTests
{
    [Fact]
    public void Every_cell_of_the_INVITE_client_machine_is_that_of_figure_5() =>
        Check(
            InviteClientMachine.Next,
            (S.Calling, E.Provisional, S.Proceeding, A.Disarm | A.Deliver),
            (S.Calling, E.Success, S.Accepted, A.ArmLinger | A.Deliver),
            (S.Calling, E.Failure, S.Completed, A.Acknowledge | A.ArmLinger | A.Deliver),
            (S.Calling, E.RetransmitTimer, S.Calling, A.Resend | A.BackOff),
            (S.Calling, E.TimeoutTimer, S.Terminated, A.ReportTimeout),
            (S.Calling, E.TransportError, S.Terminated, A.ReportError),
            (S.Proceeding, E.Provisional, S.Proceeding, A.Deliver),
            (S.Proceeding, E.Success, S.Accepted, A.ArmLinger | A.Deliver),
            (S.Proceeding, E.Failure, S.Completed, A.Acknowledge | A.ArmLinger | A.Deliver),
            (S.Proceeding, E.TimeoutTimer, S.Terminated, A.ReportTimeout),
            (S.Completed, E.Failure, S.Completed, A.Acknowledge),
            (S.Completed, E.LingerTimer, S.Terminated, A.None),
            (S.Completed, E.TransportError, S.Terminated, A.ReportError),
            (S.Accepted, E.Success, S.Accepted, A.Deliver),
            (S.Accepted, E.LingerTimer, S.Terminated, A.None)
        );

    [Fact]
    public void Every_cell_of_the_non_INVITE_client_machine_is_that_of_figure_6() =>
        Check(
            NonInviteClientMachine.Next,
            (S.Trying, E.Provisional, S.Proceeding, A.Deliver),
            (S.Trying, E.Success, S.Completed, A.ArmLinger | A.Deliver),
            (S.Trying, E.Failure, S.Completed, A.ArmLinger | A.Deliver),
            (S.Trying, E.RetransmitTimer, S.Trying, A.Resend | A.BackOff),
            (S.Trying, E.TimeoutTimer, S.Terminated, A.ReportTimeout),
            (S.Trying, E.TransportError, S.Terminated, A.ReportError),
            (S.Proceeding, E.Provisional, S.Proceeding, A.Deliver),
            (S.Proceeding, E.Success, S.Completed, A.ArmLinger | A.Deliver),
            (S.Proceeding, E.Failure, S.Completed, A.ArmLinger | A.Deliver),
            (S.Proceeding, E.RetransmitTimer, S.Proceeding, A.Resend | A.BackOff),
            (S.Proceeding, E.TimeoutTimer, S.Terminated, A.ReportTimeout),
            (S.Proceeding, E.TransportError, S.Terminated, A.ReportError),
            (S.Completed, E.LingerTimer, S.Terminated, A.None)
        );

    [Fact]
    public void Every_cell_of_the_INVITE_server_machine_is_that_of_figure_7() =>
        Check(
            InviteServerMachine.Next,
            (S.Proceeding, E.Request, S.Proceeding, A.Resend),
            (S.Proceeding, E.Provisional, S.Proceeding, A.Send),
            (S.Proceeding, E.Success, S.Accepted, A.Send | A.ArmLinger),
            (S.Proceeding, E.Failure, S.Completed, A.Send | A.ArmRetransmit),
            (S.Proceeding, E.TransportError, S.Proceeding, A.ReportError),
            (S.Completed, E.Request, S.Completed, A.Resend),
            (S.Completed, E.Ack, S.Confirmed, A.ArmLinger),
            (S.Completed, E.RetransmitTimer, S.Completed, A.Resend | A.BackOff),
            (S.Completed, E.TimeoutTimer, S.Terminated, A.ReportTimeout),
            (S.Completed, E.TransportError, S.Completed, A.ReportError),
            (S.Confirmed, E.LingerTimer, S.Terminated, A.None),
            (S.Accepted, E.Ack, S.Accepted, A.Deliver),
            (S.Accepted, E.Success, S.Accepted, A.Send),
            (S.Accepted, E.LingerTimer, S.Terminated, A.None),
            (S.Accepted, E.TransportError, S.Accepted, A.ReportError)
        );

    [Fact]
    public void Every_cell_of_the_non_INVITE_server_machine_is_that_of_figure_8() =>
        Check(
            NonInviteServerMachine.Next,
            (S.Trying, E.Provisional, S.Proceeding, A.Send),
            (S.Trying, E.Success, S.Completed, A.Send | A.ArmLinger),
            (S.Trying, E.Failure, S.Completed, A.Send | A.ArmLinger),
            (S.Proceeding, E.Request, S.Proceeding, A.Resend),
            (S.Proceeding, E.Provisional, S.Proceeding, A.Send),
            (S.Proceeding, E.Success, S.Completed, A.Send | A.ArmLinger),
            (S.Proceeding, E.Failure, S.Completed, A.Send | A.ArmLinger),
            (S.Proceeding, E.TransportError, S.Proceeding, A.ReportError),
            (S.Completed, E.Request, S.Completed, A.Resend),
            (S.Completed, E.LingerTimer, S.Terminated, A.None),
            (S.Completed, E.TransportError, S.Completed, A.ReportError)
        );

    private static void Check(
        Func<TransactionState, TransactionEvent, Transition> machine,
        params (
            TransactionState State,
            TransactionEvent Event,
            TransactionState Next,
            TransactionActions Actions
        )[] drawn
    )
    {
        int named = 0;
        foreach (TransactionState state in Enum.GetValues<TransactionState>())
        {
            foreach (TransactionEvent happened in Enum.GetValues<TransactionEvent>())
            {
                var expected = new Transition(state, A.None);
                foreach (var cell in drawn.Where(cell => cell.State == state && cell.Event == happened))
                {
                    expected = new Transition(cell.Next, cell.Actions);
                    named++;
                }

                machine(state, happened).ShouldBe(expected, $"{state} × {happened}");
            }
        }

        named.ShouldBe(drawn.Length);
    }
}
