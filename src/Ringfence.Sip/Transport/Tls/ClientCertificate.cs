namespace Ringfence.Sip.Transport;

/// <summary>What a TLS listener asks of those who connect.</summary>
public enum ClientCertificate : byte
{
    /// <summary>No certificate is asked for.</summary>
    None,

    /// <summary>A certificate is asked for; without one the connection stands, with one that does not hold it is refused.</summary>
    Optional,

    /// <summary>Mutual TLS: without a certificate that holds, the connection is refused.</summary>
    Required,
}
