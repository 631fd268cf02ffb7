namespace Ringfence.Edge.Configuration;

/// <summary>Where calls to some numbers go.</summary>
/// <param name="Match">The called number or user: exact, or a prefix that ends in <c>*</c>; <c>*</c> matches all.</param>
/// <param name="Targets">SIP URIs in order of preference.</param>
/// <param name="Fork">How several targets are tried.</param>
public sealed record RouteConfiguration(string Match, IReadOnlyList<TargetConfiguration> Targets, ForkMode Fork)
{
    /// <summary>True when a 3xx of a target is followed, to neighbours only.</summary>
    public bool FollowsRedirections { get; init; }
}
