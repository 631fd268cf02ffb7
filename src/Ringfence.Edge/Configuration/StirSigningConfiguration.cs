using Ringfence.Screening.Lists;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Configuration;

/// <summary>How calls are signed on their way out.</summary>
public sealed record StirSigningConfiguration
{
    /// <summary>The key with its certificate; read once already, and anew whenever its files change.</summary>
    public required SigningKeyFiles Keys { get; init; }

    /// <summary>The numbers that this network has a right to: attestation A; null for none.</summary>
    public NumberList? Own { get; init; }

    /// <summary>The numbers of known customers: attestation B; null for none.</summary>
    public NumberList? Customers { get; init; }

    /// <summary>The trunks that are known customers: attestation B.</summary>
    public IReadOnlySet<string> CustomerTrunks { get; init; } = new HashSet<string>();

    /// <summary>The level of all other calls; none: they are not signed.</summary>
    public Attestation Default { get; init; } = Attestation.C;

    /// <summary>The trunks whose calls are signed.</summary>
    public required IReadOnlySet<string> Trunks { get; init; }

    /// <summary>The customers, asked before <see cref="Own"/> and <see cref="Customers"/>; the first that a call is of is the one.</summary>
    public IReadOnlyList<StirCustomerConfiguration> Named { get; init; } = [];

    /// <summary>Where the edge serves the chain itself; null: another does.</summary>
    public StirPublishConfiguration? Publish { get; init; }

    /// <summary>Calls of one trunk, those of named customers apart, that are signed in a minute; 0: no limit.</summary>
    public int QuotaPerMinute { get; init; }

    /// <summary>
    /// What calls with the same "origid" have in common. Nothing by default: two calls of the same numbers within one second are
    /// told apart by it alone, and verifiers that look for replays would refuse the second.
    /// </summary>
    public OrigIdPolicy OrigId { get; init; } = OrigIdPolicy.PerCall;

    /// <summary>Makes "origid" values that outsiders cannot relate; the same on every node that has the key.</summary>
    public required ReadOnlyMemory<byte> OrigIdSecret { get; init; }
}
