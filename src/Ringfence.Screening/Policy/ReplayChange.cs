namespace Ringfence.Screening.Policy;

/// <summary>How many calls change in the same way.</summary>
/// <param name="From">The old answer, "progress".</param>
/// <param name="To">The new answer, "refuse 608".</param>
/// <param name="Rule">The rule of the new policy that decides; "" for none.</param>
/// <param name="Calls">How many calls.</param>
public sealed record ReplayChange(string From, string To, string Rule, int Calls);
