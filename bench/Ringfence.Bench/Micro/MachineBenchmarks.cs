using BenchmarkDotNet.Attributes;
using Ringfence.Sip.Transactions;

namespace Ringfence.Bench.Micro;

/// <summary>One step of the INVITE server transaction.</summary>
[MemoryDiagnoser]
public class MachineBenchmarks
{
    private TransactionState _state = TransactionState.Proceeding;

    [Benchmark(Description = "INVITE server: 183, 607, ACK, end")]
    public int Steps()
    {
        _state = InviteServerMachine.Next(TransactionState.Proceeding, TransactionEvent.Provisional).Next;
        _state = InviteServerMachine.Next(_state, TransactionEvent.Failure).Next;
        _state = InviteServerMachine.Next(_state, TransactionEvent.Ack).Next;
        _state = InviteServerMachine.Next(_state, TransactionEvent.LingerTimer).Next;
        return (int)_state;
    }
}
