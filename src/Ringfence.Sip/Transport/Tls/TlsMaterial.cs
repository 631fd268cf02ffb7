using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Sip.Transport;

/// <summary>What the files of <see cref="TlsOptions"/> held at one time.</summary>
/// <param name="Own">This host's certificate, its key and the intermediates.</param>
/// <param name="Roots">The roots; null for the system's.</param>
internal sealed record TlsMaterial(SslStreamCertificateContext Own, X509Certificate2Collection? Roots)
{
    internal static TlsMaterial Read(TlsOptions options)
    {
        var own = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.CertificateFile);
        X509Certificate2Collection? roots = null;
        if (options.RootsFile is { } file)
        {
            roots = [];
            roots.ImportFromPemFile(file);
        }

        // Offline: the addresses that a certificate names are not asked for the rest of its chain.
        return new TlsMaterial(SslStreamCertificateContext.Create(own, chain, offline: true), roots);
    }

    /// <summary>Changes whenever one of the files does.</summary>
    internal static long Stamp(TlsOptions options)
    {
        var stamp = new HashCode();
        foreach (string? file in (ReadOnlySpan<string?>)[options.CertificateFile, options.KeyFile, options.RootsFile])
        {
            var info = file is null ? null : new FileInfo(file);
            stamp.Add(info?.LastWriteTimeUtc);
            stamp.Add(info is { Exists: true } ? info.Length : 0);
        }

        return stamp.ToHashCode();
    }
}
