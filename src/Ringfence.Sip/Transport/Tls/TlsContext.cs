using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Sip.Transport;

/// <summary>One listener's TLS: its options, and its files as they are now. Any thread.</summary>
internal sealed class TlsContext
{
    private readonly Action<Exception>? _fault;
    private readonly Lock _lock = new();
    private TlsMaterial _material;
    private long _stamp;

    private TlsContext(TlsOptions options, Action<Exception>? fault)
    {
        Options = options;
        _fault = fault;
        _stamp = TlsMaterial.Stamp(options);
        _material = TlsMaterial.Read(options);
    }

    internal TlsOptions Options { get; }

    /// <summary>The TLS of a listener; null for one that has none.</summary>
    /// <exception cref="ArgumentException">It needs a certificate and has none.</exception>
    /// <exception cref="IOException">A file cannot be read, or is not what it should be.</exception>
    internal static TlsContext? For(ListenAddress listen, SipTransportOptions options)
    {
        if (listen.Kind is not (TransportKind.Tls or TransportKind.Wss))
        {
            return null;
        }

        TlsOptions tls =
            listen.Tls
            ?? options.Tls
            ?? throw new ArgumentException(
                $"{listen} needs a certificate: set {nameof(options.Tls)}.",
                nameof(options)
            );
        try
        {
            return new TlsContext(tls, options.Fault);
        }
        catch (Exception error) when (IsBadFile(error))
        {
            throw new IOException($"{listen}: {error.Message}", error);
        }
    }

    internal SslServerAuthenticationOptions ForServer(RemoteCertificateValidationCallback check)
    {
        TlsMaterial material = Refreshed();
        bool asks = Options.Clients != ClientCertificate.None;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = material.Own,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = asks,
            CertificateChainPolicy = asks ? Policy(material) : null,
            RemoteCertificateValidationCallback = asks ? check : null,
            AllowRenegotiation = false,
            // A resumed session would carry an identity that is not checked again.
            AllowTlsResume = !asks,
        };
    }

    internal SslClientAuthenticationOptions ForClient(string name, RemoteCertificateValidationCallback check)
    {
        TlsMaterial material = Refreshed();
        return new SslClientAuthenticationOptions
        {
            TargetHost = name,
            ClientCertificateContext = material.Own,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = Policy(material),
            RemoteCertificateValidationCallback = check,
            AllowRenegotiation = false,
            AllowTlsResume = false,
        };
    }

    /// <summary>The files as they are now; as they were while what is there now cannot be used, which is told once.</summary>
    private TlsMaterial Refreshed()
    {
        lock (_lock)
        {
            long stamp = TlsMaterial.Stamp(Options);
            if (stamp != _stamp)
            {
                _stamp = stamp;
                try
                {
                    _material = TlsMaterial.Read(Options);
                }
                catch (Exception error) when (IsBadFile(error))
                {
                    _fault?.Invoke(error);
                }
            }

            return _material;
        }
    }

    private static X509ChainPolicy Policy(TlsMaterial material)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate does not make this host fetch anything.
            DisableCertificateDownloads = true,
        };
        if (material.Roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private static bool IsBadFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
