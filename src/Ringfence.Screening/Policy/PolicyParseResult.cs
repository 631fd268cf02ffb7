using System.Collections.Immutable;

namespace Ringfence.Screening.Policy;

/// <summary>What came of reading a policy.</summary>
/// <param name="Policy">The policy; null where there is an error.</param>
/// <param name="Mistakes">Every mistake, in the order of lines: errors and warnings.</param>
public sealed record PolicyParseResult(ScreeningPolicy? Policy, ImmutableArray<PolicyMistake> Mistakes);
