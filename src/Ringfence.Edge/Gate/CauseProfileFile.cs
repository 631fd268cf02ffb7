namespace Ringfence.Edge.Gate;

/// <summary>The file of the profiles.</summary>
internal sealed record CauseProfileFile(IReadOnlyList<CauseProfile> Profiles);
