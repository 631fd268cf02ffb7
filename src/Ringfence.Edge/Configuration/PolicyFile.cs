using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;

namespace Ringfence.Edge.Configuration;

/// <summary>A policy by itself, or within a whole configuration with the lists and trunks that it names.</summary>
public sealed record PolicyFile
{
    /// <summary>The policy that ships with the product.</summary>
    public static PolicyFile Shipped { get; } =
        new() { Name = "the policy that ships", Policy = ScreeningPolicy.Default };

    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>The policy; null where a mistake makes it unusable.</summary>
    public ScreeningPolicy? Policy { get; init; }

    /// <summary>True when the file says nothing of a policy, so that the one that ships is in force.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The lists of the file; null where it names none.</summary>
    public ListCatalogue? Lists { get; init; }

    /// <summary>The trunks of the file.</summary>
    public IReadOnlyList<TrunkConfiguration> Trunks { get; init; } = [];

    /// <summary>Mistakes and warnings of policy, lists and trunks, in the order of lines.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; init; } = [];
}
