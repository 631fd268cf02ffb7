namespace Ringfence.Diagnosis.Ladder;

/// <summary>What was heard for a while in a run of media.</summary>
/// <param name="Start">When it began, since the ladder began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Label">In words: <c>ringback, FR</c>.</param>
/// <param name="IsSilence">Whether nothing was to be heard.</param>
public sealed record LadderHeard(TimeSpan Start, TimeSpan End, string Label, bool IsSilence);
