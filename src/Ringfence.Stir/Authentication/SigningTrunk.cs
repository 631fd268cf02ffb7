using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Authentication;

/// <summary>How calls of a trunk are signed.</summary>
public sealed record SigningTrunk
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Numbers that calls of this trunk have a right to: attestation A.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>The level of all other calls; <see cref="Attestation.None"/>: they are not signed.</summary>
    public Attestation Default { get; init; } = Attestation.C;

    /// <summary>What its calls' "origid" have in common.</summary>
    public OrigIdPolicy OrigId { get; init; } = OrigIdPolicy.PerTrunk;

    /// <summary>Calls signed in one minute for callers without a customer; 0: no limit.</summary>
    public int QuotaPerMinute { get; init; }
}
