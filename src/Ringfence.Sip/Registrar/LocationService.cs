namespace Ringfence.Sip.Registrar;

/// <summary>The abstract location service of RFC 3261 §10.1: what a proxy asks to reach a user.</summary>
/// <param name="store">Where the bindings are kept.</param>
/// <param name="clock">Tells which of them are over.</param>
public sealed class LocationService(IBindingStore store, TimeProvider clock)
{
    /// <summary>The contacts of a Request-URI in the order to try, highest q first (§16.6); empty when there are none.</summary>
    public async ValueTask<IReadOnlyList<Binding>> FindAsync(
        ReadOnlyMemory<byte> uri,
        CancellationToken token = default
    )
    {
        if (!AddressOfRecord.TryParse(uri.Span, out AddressOfRecord address))
        {
            return [];
        }

        IReadOnlyList<Binding> all = await store.ReadAsync(address, token).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        return [.. all.Where(binding => binding.Expires > now).OrderByDescending(binding => binding.Q)];
    }
}
