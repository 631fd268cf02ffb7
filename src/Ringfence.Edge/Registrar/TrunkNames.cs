using System.Collections;
using Ringfence.Edge.Pipeline;

namespace Ringfence.Edge.Registrar;

/// <summary>
/// The SIP domains by which trunks are known, as the configuration in force has them: a reload counts for the next connection. With none,
/// whoever connects may be anybody, and is known by his address.
/// </summary>
internal sealed class TrunkNames(EdgeServices services) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count => Names.Count();

    /// <inheritdoc/>
    public string this[int index] => Names.ElementAt(index);

    private IEnumerable<string> Names =>
        services.State.Trunks.SelectMany(trunk => trunk.Configuration.CertificateNames);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => Names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
