using Ringfence.Sip.Calls;
using E = Ringfence.Sip.Calls.CallEvent;
using S = Ringfence.Sip.Calls.CallState;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Every cell of the call's table.</summary>
public class CallMachineTests
{
    // Columns: Progressed, Answered, Acknowledged, Refused, TakenBack, HungUp, ByeReceived, ByeCompleted.
    private static readonly Dictionary<S, S?[]> Table = new()
    {
        [S.Inviting] = [S.Progressing, S.Answered, null, S.Ended, S.Cancelling, null, null, null],
        [S.Progressing] = [S.Progressing, S.Answered, null, S.Ended, S.Cancelling, null, S.Ended, null],
        [S.Cancelling] = [null, S.Answered, null, S.Ended, null, null, null, null],
        [S.Answered] = [null, null, S.Confirmed, null, null, S.Ending, S.Ended, null],
        [S.Confirmed] = [null, null, null, null, null, S.Ending, S.Ended, null],
        [S.Ending] = [null, null, null, null, null, null, S.Ended, S.Ended],
        [S.Ended] = [null, null, null, null, null, null, null, null],
    };

    [Fact]
    public void Every_cell_is_as_drawn()
    {
        foreach (S state in Enum.GetValues<S>())
        {
            foreach (E happened in Enum.GetValues<E>())
            {
                CallMachine.Next(state, happened).ShouldBe(Table[state][(int)happened], $"{state} × {happened}");
            }
        }
    }
}
