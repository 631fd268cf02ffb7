namespace Ringfence.Sip.Transport;

/// <summary>How a listener, and what is opened as it would, does TLS 1.2 and 1.3. A file that changes holds for the connections after it.</summary>
public sealed record TlsOptions
{
    /// <summary>
    /// PEM file of this host's certificate, then the intermediates up to its root. It is shown to whoever connects, and to those
    /// connected to who ask.
    /// </summary>
    public required string CertificateFile { get; init; }

    /// <summary>PEM file of the certificate's private key; null when the key stands in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file of the roots that certificates of others must lead to; null takes the system's.</summary>
    public string? RootsFile { get; init; }

    /// <summary>What is asked of those who connect.</summary>
    public ClientCertificate Clients { get; init; }

    /// <summary>
    /// The SIP domains that those who connect may prove to be (RFC 5922 §7.4); with none, any. The one that was proved becomes the
    /// <see cref="Peer.Domain"/> of what they send.
    /// </summary>
    public IReadOnlyList<string> ClientDomains { get; init; } = [];
}
