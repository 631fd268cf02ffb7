using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>
/// The STI roots that are trusted: those given here and no other. The roots of the web are never among them, so a certificate of the web
/// PKI signs nobody's calls (RFC 8226 §4).
/// </summary>
public sealed class TrustAnchors
{
    private volatile X509Certificate2Collection _roots = [];
    private int _version;

    /// <summary>Trusts nobody until <see cref="Replace"/> is called.</summary>
    public TrustAnchors() { }

    /// <summary>Trusts these roots.</summary>
    /// <param name="roots">Root certificates.</param>
    public TrustAnchors(IEnumerable<X509Certificate2> roots) => Replace(roots);

    /// <summary>Grows with each change; a path that was checked under an older version is checked anew.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The roots now trusted.</summary>
    public IReadOnlyList<X509Certificate2> Roots => [.. _roots];

    internal X509Certificate2Collection Collection => _roots;

    /// <summary>Replaces all roots at once.</summary>
    /// <param name="roots">Root certificates.</param>
    public void Replace(IEnumerable<X509Certificate2> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        _roots = [.. roots];
        Interlocked.Increment(ref _version);
    }

    /// <summary>Roots from PEM text.</summary>
    /// <param name="pem">One or more certificates.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The text holds no readable certificate.</exception>
    public static TrustAnchors FromPem(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        if (roots.Count == 0)
        {
            throw new System.Security.Cryptography.CryptographicException("The text holds no certificate in PEM.");
        }

        return new TrustAnchors(roots);
    }
}
