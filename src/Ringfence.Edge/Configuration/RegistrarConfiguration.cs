using Ringfence.Sip.Auth;

namespace Ringfence.Edge.Configuration;

/// <summary>The edge's own users: who they are, and for which domains they register.</summary>
public sealed record RegistrarConfiguration
{
    /// <summary>The domains that are registered for; the first one is that of called numbers without a domain of ours.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The realm of challenges.</summary>
    public required string Realm { get; init; }

    /// <summary>The users and what proves them.</summary>
    public required IReadOnlyDictionary<string, DigestSecret> Users { get; init; }

    /// <summary>The algorithms that are offered, most liked first.</summary>
    public required IReadOnlyList<DigestAlgorithm> Algorithms { get; init; }

    /// <summary>True to offer auth-int beside auth.</summary>
    public bool OffersIntegrity { get; init; }

    /// <summary>The fewest seconds that a registration lasts.</summary>
    public int MinExpires { get; init; } = 60;

    /// <summary>The most seconds.</summary>
    public int MaxExpires { get; init; } = 3600;
}
