using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Policy;

/// <summary>A call that would fare differently.</summary>
/// <param name="Facts">The call.</param>
/// <param name="Old">What the old policy says.</param>
/// <param name="New">What the new policy says.</param>
public sealed record ReplayDifference(CallFacts Facts, Verdict Old, Verdict New);
