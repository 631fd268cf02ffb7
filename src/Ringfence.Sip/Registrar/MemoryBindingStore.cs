using System.Collections.Concurrent;

namespace Ringfence.Sip.Registrar;

/// <summary>Bindings in memory, gone when the process ends. Safe for any thread; answers at once.</summary>
/// <param name="clock">Tells which bindings are over, when room is needed.</param>
/// <param name="limit">Addresses-of-record at most.</param>
public sealed class MemoryBindingStore(TimeProvider clock, int limit = 100_000) : IBindingStore
{
    private static readonly IReadOnlyList<Binding> None = [];
    private readonly ConcurrentDictionary<AddressOfRecord, IReadOnlyList<Binding>> _bindings = new();
    private int _count;
    private long _swept;

    /// <summary>Addresses-of-record that have bindings.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Binding>> ReadAsync(AddressOfRecord address, CancellationToken token) =>
        new(Read(address));

    /// <summary>As <see cref="ReadAsync"/>: memory answers at once.</summary>
    public IReadOnlyList<Binding> Read(AddressOfRecord address) => _bindings.GetValueOrDefault(address, None);

    /// <inheritdoc/>
    public ValueTask<CommitStatus> CommitAsync(
        AddressOfRecord address,
        IReadOnlyList<Binding> read,
        IReadOnlyList<Binding> bindings,
        CancellationToken token
    ) => new(Commit(address, read, bindings));

    /// <summary>As <see cref="CommitAsync"/>: memory answers at once.</summary>
    public CommitStatus Commit(AddressOfRecord address, IReadOnlyList<Binding> read, IReadOnlyList<Binding> bindings)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(bindings);
        bool isNew = ReferenceEquals(read, None);
        if (isNew && bindings.Count > 0 && Count >= limit && !TrySweep())
        {
            return CommitStatus.Full;
        }

        // Each list is an object of its own, so the comparison is that of versions.
        bool isDone =
            isNew && bindings.Count == 0 ? !_bindings.ContainsKey(address)
            : isNew ? _bindings.TryAdd(address, bindings)
            : bindings.Count == 0 ? _bindings.TryRemove(KeyValuePair.Create(address, read))
            : _bindings.TryUpdate(address, bindings, read);
        if (isDone && isNew != (bindings.Count == 0))
        {
            Interlocked.Add(ref _count, isNew ? 1 : -1);
        }

        return isDone ? CommitStatus.Committed : CommitStatus.Conflict;
    }

    /// <summary>Forgets those whose bindings are all over; once a second at most, since it looks at every one.</summary>
    private bool TrySweep()
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (Interlocked.Exchange(ref _swept, now) == now)
        {
            return false;
        }

        foreach (KeyValuePair<AddressOfRecord, IReadOnlyList<Binding>> entry in _bindings)
        {
            if (entry.Value.All(binding => binding.Expires.ToUnixTimeSeconds() <= now) && _bindings.TryRemove(entry))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        return Count < limit;
    }
}
