using Ringfence.Screening.Facts;
using Ringfence.Screening.Reputation;

namespace Ringfence.Screening.Lists;

/// <summary>A caller on one callee's own list.</summary>
public sealed record PersonalEntry
{
    /// <summary>The caller.</summary>
    public required Party Caller { get; init; }

    /// <summary>True on the allow list, false on the block list.</summary>
    public required bool IsAllowed { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when; null for always.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How the callee said so.</summary>
    public ReportChannel Channel { get; init; }

    /// <summary>True while the entry is in force.</summary>
    public bool IsInForce(DateTimeOffset at) => Until is not { } until || at < until;
}
