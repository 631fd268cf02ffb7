using System.Net;

namespace Ringfence.Edge.Configuration;

/// <summary>Where the edge itself answers at "x5u" with the chain of the key in use.</summary>
public sealed record StirPublishConfiguration
{
    /// <summary>Address and port.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The path of "x5u".</summary>
    public required string Path { get; init; }

    /// <summary>The web server's chain in PEM; null: plain HTTP, for loopback and for a proxy that speaks TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>The web server's key in PEM.</summary>
    public string? Key { get; init; }
}
