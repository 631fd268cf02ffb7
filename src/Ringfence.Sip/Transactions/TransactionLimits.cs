namespace Ringfence.Sip.Transactions;

/// <summary>What the transactions of a lane keep at most.</summary>
public sealed record TransactionLimits
{
    /// <summary>The defaults.</summary>
    public static TransactionLimits Default { get; } = new();

    /// <summary>Transactions at one time; above it a request is answered 503 with Retry-After.</summary>
    public int Transactions { get; init; } = 100_000;

    /// <summary>Retry-After in seconds with a 503 of this stack.</summary>
    public int RetryAfter { get; init; } = 10;
}
