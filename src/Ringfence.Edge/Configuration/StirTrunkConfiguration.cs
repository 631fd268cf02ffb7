using Ringfence.Stir.Numbers;

namespace Ringfence.Edge.Configuration;

/// <summary>How the identities of one trunk's calls are taken.</summary>
public sealed record StirTrunkConfiguration
{
    /// <summary>What verification leads to.</summary>
    public StirPolicy Verify { get; init; }

    /// <summary>True when the trunk's P-Asserted-Identity is believed and passed on (RFC 3325 §5).</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>How the trunk writes numbers.</summary>
    public NumberPlan Numbers { get; init; } = NumberPlan.Global;
}
