namespace Ringfence.Sip.Registrar;

/// <summary>
/// Where bindings are kept. Called on a lane's thread: an implementation that has to wait for a disk or a network does so
/// elsewhere and returns a task that is not finished; the lane goes on meanwhile. Lists that were handed over never change.
/// </summary>
public interface IBindingStore
{
    /// <summary>The bindings of an address-of-record as they were last committed, expired ones possibly among them.</summary>
    ValueTask<IReadOnlyList<Binding>> ReadAsync(AddressOfRecord address, CancellationToken token);

    /// <summary>
    /// Puts the bindings in the place of those that were read, all or nothing (RFC 3261 §10.3 step 7). An empty list forgets the
    /// address-of-record.
    /// </summary>
    /// <param name="address">Whose bindings.</param>
    /// <param name="read">What <see cref="ReadAsync"/> returned: when others have been committed since, nothing is done.</param>
    /// <param name="bindings">What shall be there.</param>
    /// <param name="token">Gives up.</param>
    ValueTask<CommitStatus> CommitAsync(
        AddressOfRecord address,
        IReadOnlyList<Binding> read,
        IReadOnlyList<Binding> bindings,
        CancellationToken token
    );
}
