using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Edge.Configuration;

/// <summary>The signed list of a policy administrator that keeps the trusted roots in step.</summary>
public sealed record StirTrustListConfiguration
{
    /// <summary>Where it is published.</summary>
    public required Uri Url { get; init; }

    /// <summary>Whose signature counts.</summary>
    public required X509Certificate2 Administrator { get; init; }

    /// <summary>How often it is asked for.</summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>Whether the other is the same list of the same administrator.</summary>
    internal bool IsSource(StirTrustListConfiguration? other) =>
        other is not null && Url == other.Url && Administrator.Thumbprint == other.Administrator.Thumbprint;
}
