using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Web;

/// <summary>A web server's chain and key in two files that may be replaced while it serves. A bad pair never takes the place of a good one.</summary>
internal sealed class TlsPair
{
    private readonly string _certificate;
    private readonly string _key;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _context;
    private (DateTime Certificate, DateTime Key) _seen;

    /// <exception cref="CryptographicException">The files are no pair.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal TlsPair(string certificate, string key, ILogger log)
    {
        (_certificate, _key, _log) = (certificate, key, log);
        _seen = Stamp();
        _context = Read();
    }

    /// <summary>What a handshake shows now.</summary>
    internal SslStreamCertificateContext Context
    {
        get
        {
            lock (_gate)
            {
                if (Stamp() is var stamp && stamp != _seen)
                {
                    _seen = stamp;
                    Renew();
                }

                return _context;
            }
        }
    }

    private void Renew()
    {
        try
        {
            _context = Read();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            StirLog.WebCertificateRefused(_log, e.Message);
        }
    }

    private SslStreamCertificateContext Read()
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(_certificate);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPemFile(_certificate, _key),
            chain,
            offline: true
        );
    }

    private (DateTime Certificate, DateTime Key) Stamp() =>
        (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));
}
