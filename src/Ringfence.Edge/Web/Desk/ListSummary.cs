namespace Ringfence.Edge.Web.Desk;

/// <summary>One of the operator's lists.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Entries">How many entries it has.</param>
public sealed record ListSummary(string Name, int Entries);
