using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Certificates;

namespace Ringfence.Edge.Configuration;

/// <summary>The revocation lists: where they lie, who may issue them, and what a missing one does.</summary>
public sealed record StirRevocationConfiguration
{
    /// <summary>Where they lie.</summary>
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>Whose lists are believed: the STI-PA, and authorities that issue their own.</summary>
    public required IReadOnlyList<X509Certificate2> Issuers { get; init; }

    /// <summary>How a list that is missing or outdated is taken.</summary>
    public RevocationPolicy Policy { get; init; } = RevocationPolicy.WhenKnown;

    /// <summary>How often they are asked for.</summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>How long after its next update a list is still believed.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Whether the other leads to the same verdicts from the same lists.</summary>
    internal bool IsSource(StirRevocationConfiguration? other) =>
        other is not null
        && Policy == other.Policy
        && Grace == other.Grace
        && Urls.SequenceEqual(other.Urls)
        && Issuers.Select(issuer => issuer.Thumbprint).SequenceEqual(other.Issuers.Select(issuer => issuer.Thumbprint));
}
