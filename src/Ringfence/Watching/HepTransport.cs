namespace Ringfence.Watching;

/// <summary>By what capture agents send.</summary>
internal enum HepTransport
{
    /// <summary>UDP and TCP, on one port.</summary>
    Any,

    /// <summary>UDP alone.</summary>
    Udp,

    /// <summary>TCP alone.</summary>
    Tcp,

    /// <summary>TLS.</summary>
    Tls,
}
