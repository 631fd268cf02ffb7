using System.Collections.Immutable;

namespace Ringfence.Screening.Policy;

/// <summary>The names that exist outside a policy, so that a slip of the pen in one of them is a mistake. Empty: any name passes.</summary>
public sealed record PolicyVocabulary
{
    /// <summary>Names of the operator's lists.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>Names of trunks.</summary>
    public ImmutableArray<string> Trunks { get; init; } = [];
}
