using Ringfence.Sip.Registrar;

namespace Ringfence.Sip.Tests.Registrar;

/// <summary>A store that answers when a test says so, and can go wrong.</summary>
internal sealed class SlowStore(IBindingStore behind) : IBindingStore
{
    internal TaskCompletionSource? Gate { get; set; }

    internal Exception? Failure { get; set; }

    /// <summary>Commits that lose against another before one wins.</summary>
    internal int Conflicts { get; set; }

    internal int Commits { get; private set; }

    public async ValueTask<IReadOnlyList<Binding>> ReadAsync(AddressOfRecord address, CancellationToken token)
    {
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        return await behind.ReadAsync(address, token);
    }

    public ValueTask<CommitStatus> CommitAsync(
        AddressOfRecord address,
        IReadOnlyList<Binding> read,
        IReadOnlyList<Binding> bindings,
        CancellationToken token
    )
    {
        Commits++;
        return Failure is { } failure ? throw failure
            : Conflicts-- > 0 ? new(CommitStatus.Conflict)
            : behind.CommitAsync(address, read, bindings, token);
    }
}
