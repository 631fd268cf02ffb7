using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Authentication;

/// <summary>A customer whose calls are signed.</summary>
public sealed record SigningCustomer
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The numbers that it has a right to: attestation A.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>Calls signed in one minute, whatever a stolen account sends; 0: no limit.</summary>
    public int QuotaPerMinute { get; init; }

    /// <summary>
    /// Customers of one account share its quota and "origid"; its own name without it. "trunk " with a trunk's name is the account of that
    /// trunk's callers without a customer.
    /// </summary>
    public string? Account { get; init; }
}
