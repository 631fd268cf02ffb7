using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Edge.Configuration;

/// <summary>Caller identity: which signers are trusted, what follows from their word, and how calls are signed.</summary>
public sealed record StirConfiguration
{
    /// <summary>The STI roots; none of the web's. Empty only until a <see cref="TrustList"/> is there.</summary>
    public required IReadOnlyList<X509Certificate2> Roots { get; init; }

    /// <summary>How each trunk's identities are taken, by its name.</summary>
    public required FrozenDictionary<string, StirTrunkConfiguration> Trunks { get; init; }

    /// <summary>How far a PASSporT's time may lie from now, to either side (RFC 8224 §6.2 step 4).</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Milliseconds that a call waits for its verdict; then it goes on and the verdict comes later.</summary>
    public int DeadlineMs { get; init; } = 1_500;

    /// <summary>Hosts, "host:port", whose certificates may be fetched whatever their address and scheme.</summary>
    public IReadOnlySet<string> TestHosts { get; init; } = new HashSet<string>();

    /// <summary>Folder of certificates that outlive the process; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>The signed list that replaces <see cref="Roots"/> once it is there; null for none.</summary>
    public StirTrustListConfiguration? TrustList { get; init; }

    /// <summary>Revocation lists; null: none is looked at.</summary>
    public StirRevocationConfiguration? Revocation { get; init; }

    /// <summary>How calls are signed; null: they are not.</summary>
    public StirSigningConfiguration? Sign { get; init; }

    /// <summary>How the identities of a trunk's calls are taken.</summary>
    public StirTrunkConfiguration Of(string trunk) => Trunks[trunk];
}
