using Ringfence.Screening.Lists;

namespace Ringfence.Edge.Configuration;

/// <summary>A customer whose calls are signed.</summary>
public sealed record StirCustomerConfiguration
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The numbers that it has a right to: attestation A; null for none.</summary>
    public NumberList? Numbers { get; init; }

    /// <summary>The trunks whose calls are all its own; without any it is known by its numbers.</summary>
    public required IReadOnlySet<string> Trunks { get; init; }

    /// <summary>Its calls that are signed in a minute; 0: no limit.</summary>
    public int QuotaPerMinute { get; init; }
}
