namespace Ringfence.Edge.Configuration;

/// <summary>One neighbour that calls come from.</summary>
public sealed record TrunkConfiguration
{
    /// <summary>Its name in policy, records and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Where its requests come from.</summary>
    public required IReadOnlyList<TrunkSource> From { get; init; }

    /// <summary>How far the edge stays in its calls.</summary>
    public TrunkMode Mode { get; init; }

    /// <summary>New calls per second that are admitted; 0 for any number.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary>Country whose ringback its callers hear (ISO 3166, lower case); null for the general one.</summary>
    public string? Ringback { get; init; }

    /// <summary>What holds for its calls before the answer.</summary>
    public EarlyMediaTrunkConfiguration Early { get; init; } = new();
}
