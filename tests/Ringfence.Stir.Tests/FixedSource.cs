using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests;

/// <summary>Certificates by URL without a network; what is not put in is not there.</summary>
internal sealed class FixedSource(PathValidator paths) : ICertificateSource
{
    private readonly Dictionary<string, CertificateLookup> _known = new(StringComparer.Ordinal);

    public int Asked { get; private set; }

    public Fault CheckUrl(string x5u) => CertificateUrl.Check(x5u, new FetchOptions(), out _);

    public bool TryGet(string x5u, out CertificateLookup lookup)
    {
        Asked++;
        return _known.TryGetValue(x5u, out lookup);
    }

    public Task<CertificateLookup> GetAsync(string x5u, CancellationToken cancellation) =>
        Task.FromResult(
            TryGet(x5u, out CertificateLookup lookup) ? lookup : new CertificateLookup(Fault.FetchConnect, null)
        );

    public void Put(string x5u, string pem)
    {
        Fault fault = PemChain.Read(Encoding.UTF8.GetBytes(pem), out IReadOnlyList<StirCertificate> chain);
        _known[x5u] = new CertificateLookup(fault, fault == Fault.None ? paths.Validate(chain) : null);
    }

    public void Fail(string x5u, Fault fault) => _known[x5u] = new CertificateLookup(fault, null);
}
